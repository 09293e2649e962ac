structure template site/hardware/db.example.org;

include 'hardware/machine/xen/guest';

'cpu/0/cores' = 4;
'ram' = list(dict('size', 8 * GB));
'harddisks/xvda/capacity' = 20 * GB;
'harddisks/xvdb' = create('hardware/harddisk/xen_virtual', 'capacity', 500 * GB);
'cards/nic/eth0/hwaddr' = '00:16:3e:11:22:32';
'cards/nic/eth1' = create('hardware/nic/xen_netfront', 'hwaddr', '00-16-3E-11-22-33');
