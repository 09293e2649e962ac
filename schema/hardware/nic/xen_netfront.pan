# The network card of a Xen guest. Addresses that begin with 00:16:3e are reserved for Xen.

structure template hardware/nic/xen_netfront;

'name' = 'Xen virtual network card';
'driver' = 'xen-netfront';
'media' = 'Ethernet';
'pxe' = true;
