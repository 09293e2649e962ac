object template web.example.org;

include 'site/xen/guest';

'/system/network/interfaces/eth0' = dict('ip', '192.0.2.31', 'netmask', '255.255.255.0');
