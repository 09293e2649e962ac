object template wiki.example.org;

include 'site/xen/guest';

'/system/network/interfaces/eth0' = dict('bootproto', 'dhcp');
