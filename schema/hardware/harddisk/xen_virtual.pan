# The disk of a Xen guest: xvda from Scientific Linux 4.5 on, sda before that. The capacity is in MiB.

structure template hardware/harddisk/xen_virtual;

# MB and GB come from pan/units, which the node's own template includes.

'model' = 'Xen virtual disk';
'interface' = 'scsi';
'part_prefix' = '';
'capacity' ?= 10 * GB;
