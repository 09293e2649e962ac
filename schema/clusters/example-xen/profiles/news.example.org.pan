object template news.example.org;

include 'site/xen/guest';

'/system/network/interfaces/eth0' = dict('ip', '10.0.0.34', 'netmask', '255.255.255.0');
