structure template site/hardware/mail.example.org;

include 'hardware/machine/xen/guest';

'ram' = list(dict('size', 2 * GB));
'harddisks/xvda/capacity' = 20 * GB;
'cards/nic/eth0/hwaddr' = '00:16:3e:11:22:36';
