structure template site/hardware/build.example.org;

include 'hardware/machine/xen/guest';

'cpu/0/cores' = 4;
'ram' = list(dict('size', 4 * GB));
'harddisks/xvda/capacity' = 40 * GB;
'cards/nic/eth0/hwaddr' = '00:16:3e:11:22:34';
