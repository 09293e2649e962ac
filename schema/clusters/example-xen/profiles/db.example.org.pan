object template db.example.org;

include 'site/xen/guest';

'/system/network/interfaces/eth0' = dict('ip', '192.0.2.32', 'netmask', '255.255.255.0');
'/system/network/interfaces/eth1' = dict('ip', '10.0.0.32', 'netmask', '255.255.255.0');
