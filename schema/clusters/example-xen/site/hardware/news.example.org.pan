structure template site/hardware/news.example.org;

include 'hardware/machine/xen/guest';

'cards/nic/eth0/hwaddr' = '00:16:3e:11:22:35';
