structure template site/hardware/web.example.org;

include 'hardware/machine/xen/guest';

'cpu/0/cores' = 2;
'ram' = list(dict('size', 1 * GB), dict('size', 1 * GB));
'harddisks/xvda/capacity' = 20 * GB;
'cards/nic/eth0/hwaddr' = '00:16:3e:11:22:31';
