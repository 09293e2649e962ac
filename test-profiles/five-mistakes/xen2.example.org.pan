# Mistakes that the Pan compiler would stop at one by one.
object template xen2.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen2';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/web' = dict(
    'auto', 'yes',
    'options', dict(
        'name', 'web',
        'memory', 2048,
        'vcpu', 2,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'web',
                'guestdevice', 'xvda',
                'rw', 'rx',
                'size', 20480,
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:01,bridge=xenbr0'),
    ),
);

'/software/components/xen/domains/mail' = dict(
    'options', dict(
        'name', 'mail',
        'memory', 1024,
        'bootloader', 'pygrub',
        'gateway', '192.0.2.256',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'mail',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', '20480',
            ),
        ),
    ),
);
