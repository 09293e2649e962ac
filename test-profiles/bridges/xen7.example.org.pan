# A host with a bridge, a VLAN, and a bridge that would take the host's own device.
object template xen7.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen7';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_domains' = true;
'/software/components/xen/network' = dict(
    'bridges', dict(
        'xenbr0', dict(),
        'xenbr1', dict('netdev', 'eth1'),
    ),
    'vlans', dict(
        'dmz', dict('netdev', 'eth2', 'vlan', 20),
    ),
);

'/software/components/xen/domains/cut' = dict(
    'options', dict(
        'name', 'cut',
        'memory', 256,
        'bootloader', '/usr/bin/pygrub',
        'vif', list('mac=00:16:3e:00:07:01,bridge=xenbr0'),
    ),
);

'/software/components/xen/domains/web' = dict(
    'options', dict(
        'name', 'web',
        'memory', 256,
        'bootloader', '/usr/bin/pygrub',
        'vif', list('mac=00:16:3e:00:07:02,bridge=xenbr1', 'mac=00:16:3e:00:07:03,bridge=dmz'),
    ),
);
