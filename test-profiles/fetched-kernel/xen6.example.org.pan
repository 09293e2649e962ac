# Two guests that boot one fetched kernel; a third whose file cannot be put where it is to lie.
object template xen6.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen6';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

variable KERNEL = dict(
    'url', 'https://deploy:s3cret@boot.example.org/vmlinuz-6.1?token=s3cret',
    'path', '/srv/boot/vmlinuz-6.1',
    'sha256', '1f825aa2f0020ef7cf91dfa30da4668d791c5d4824fc8e41354b89ec05795ab3',
);
variable RAMDISK = dict(
    'url', 'http://boot.example.org/initrd.img-6.1',
    'path', '/srv/boot/initrd.img-6.1',
    'sha256', '78A6273103D17C39A0B6126E226CEC70E33337F4BC6A38067401B54A33E78EAD',
);

'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/one' = dict(
    'auto', true,
    'fetch', list(KERNEL, RAMDISK),
    'options', dict(
        'name', 'one',
        'memory', 512,
        'kernel', '/srv/boot/vmlinuz-6.1',
        'ramdisk', '/srv/boot/initrd.img-6.1',
        'download', list('/bin/wget -O /srv/boot/vmlinuz-6.1 http://boot.example.org/vmlinuz-6.1'),
    ),
);
'/software/components/xen/domains/two' = dict(
    'auto', true,
    'fetch', list(KERNEL),
    'options', dict(
        'name', 'two',
        'memory', 512,
        'kernel', '/srv/boot/vmlinuz-6.1',
    ),
);
'/software/components/xen/domains/blocked' = dict(
    'auto', true,
    'fetch', list(
        dict(
            'url', 'http://boot.example.org/vmlinuz-5.10',
            'path', '/srv/boot/taken',
            'sha256', '4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a',
        ),
    ),
    'options', dict(
        'name', 'blocked',
        'memory', 512,
        'kernel', '/srv/boot/taken',
    ),
);
