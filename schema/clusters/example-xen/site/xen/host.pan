# A host of the example.

unique template site/xen/host;

include 'site/node';
include 'site/xen/db';

'/hardware' = create('site/hardware/' + FULL_HOSTNAME);

# The hosts' own bridges; the guests' network interfaces find theirs by address.
prefix '/system/network/interfaces';
'eth0/bootproto' = 'none';
'eth0/bridge' = 'xenbr0';
'eth1/bootproto' = 'none';
'eth1/bridge' = 'xenbr1';
'xenbr0/type' = 'Bridge';
'xenbr0/ip' = HOST_ADDRESSES[0];
'xenbr0/netmask' = '255.255.255.0';
'xenbr1/type' = 'Bridge';
'xenbr1/ip' = HOST_ADDRESSES[1];
'xenbr1/netmask' = '255.255.255.0';

variable XEN_VG ?= 'vg01';
variable XEN_BOOTLOADER_DEFAULT ?= 'pygrub';

# To be installed over the network.
variable XEN_BOOTLOADER ?= dict('build.example.org', '/usr/bin/pypxeboot');

# It uses DHCP, so its bridge cannot be found by address.
variable XEN_VIF_BRIDGE ?= dict('wiki.example.org', dict('eth0', 'xenbr0'));

variable XEN_DOM0_MEM ?= '2048M';
variable XEN_DOM0_ROOT_DEVICE ?= '/dev/mapper/system-root';

include 'xen/host/config';
