# Every type is right, and nothing can work: what the rules and the guest files find.
object template xen2.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen2';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/auto' = dict(
    'options', dict(
        'name', 'auto',
        'memory', 512,
        'bootloader', 'pygrub',
    ),
);

'/software/components/xen/domains/web' = dict(
    'options', dict(
        'name', 'web',
        'memory', 2048,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'shared',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
            dict(
                'type', 'file',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:01,brige=xenbr0'),
    ),
);

'/software/components/xen/domains/mail' = dict(
    'options', dict(
        'name', 'mail',
        'memory', 1024,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'shared',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
            dict(
                'type', 'file',
                'path', 'srv/mail.img',
                'guestdevice', 'xvdb',
                'rw', 'w',
                'size', 1024,
            ),
        ),
    ),
);
