object template mail.example.org;

include 'site/xen/guest';

'/system/network/interfaces/eth0' = dict('ip', '192.0.2.35', 'netmask', '255.255.255.0');
