# The machine of a Xen guest; the guest's own template sets its MAC, and larger sizes.

structure template hardware/machine/xen/guest;

# MB and GB come from pan/units, which the node's own template includes.

'cpu' = list(create('hardware/cpu/xen_virtual'));
'ram' = list(create('hardware/ram/xen_virtual'));
'harddisks/xvda' = create('hardware/harddisk/xen_virtual');
'cards/nic/eth0' = create('hardware/nic/xen_netfront', 'boot', true);
