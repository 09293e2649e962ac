# Four guests, two of which cannot have their volume.
object template xen3.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen3';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/good1' = dict(
    'auto', true,
    'options', dict(
        'name', 'good1',
        'memory', 512,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'good1',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
        ),
    ),
);

'/software/components/xen/domains/huge' = dict(
    'auto', true,
    'options', dict(
        'name', 'huge',
        'memory', 512,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'huge',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 4194304,
            ),
        ),
    ),
);

'/software/components/xen/domains/late' = dict(
    'auto', true,
    'options', dict(
        'name', 'late',
        'memory', 512,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'late',
                'create', false,
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
        ),
    ),
);

'/software/components/xen/domains/good2' = dict(
    'auto', true,
    'options', dict(
        'name', 'good2',
        'memory', 512,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'file',
                'path', '/srv/xen/good2.img',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
        ),
    ),
);
