# The machine of a Xen guest; a template of the guest's own sets its MAC, and what is to be larger.

structure template hardware/machine/xen/guest;

# MB and GB are of pan/units, which the node's own template includes.

'cpu' = list(create('hardware/cpu/xen_virtual'));
'ram' = list(create('hardware/ram/xen_virtual'));
'harddisks/xvda' = create('hardware/harddisk/xen_virtual');
'cards/nic/eth0' = create('hardware/nic/xen_netfront', 'boot', true);
