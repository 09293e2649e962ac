# A host with three guests: two volumes and two networks, an image and install options, a device.
object template xen1.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen1';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/web.example.org' = dict(
    'auto', true,
    'options', dict(
        'name', 'web.example.org',
        'memory', 2048,
        'vcpus', 2,
        'bootloader', 'pygrub',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'web-root',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 20480,
            ),
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'web-data',
                'guestdevice', 'xvdb',
                'rw', 'w',
                'size', 51200,
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:01,bridge=xenbr0', 'mac=00:16:3e:5a:00:02,bridge=xenbr1'),
    ),
);

'/software/components/xen/domains/files.example.org' = dict(
    'auto', true,
    'options', dict(
        'name', 'files.example.org',
        'memory', 1024,
        'vcpus', 1,
        'kernel', '/boot/guest/vmlinuz',
        'ramdisk', '/boot/guest/initrd.img',
        'root', '/dev/xvda1',
        'extra', 'ro console=hvc0',
        'on_crash', 'restart',
        'disk', list(
            dict(
                'type', 'file',
                'path', '/srv/xen/files.img',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 10240,
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:03,bridge=xenbr0'),
    ),
    'install_options', dict(
        'name', 'files.example.org',
        'memory', 2048,
        'vcpus', 1,
        'kernel', '/boot/install/vmlinuz',
        'ramdisk', '/boot/install/initrd.img',
        'extra', 'inst.ks=http://aii.example.org/ks/files.example.org.ks console=hvc0',
        'on_reboot', 'destroy',
        'disk', list(
            dict(
                'type', 'file',
                'path', '/srv/xen/files.img',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 10240,
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:03,bridge=xenbr0'),
    ),
);

'/software/components/xen/domains/db.example.org' = dict(
    'auto', false,
    'options', dict(
        'name', 'db.example.org',
        'memory', 4096,
        'vcpus', 4,
        'type', 'pvh',
        'kernel', '/boot/guest/vmlinuz',
        'ramdisk', '/boot/guest/initrd.img',
        'cmdline', 'root=/dev/xvda ro console=hvc0',
        'disk', list(
            dict(
                'type', 'phy',
                'hostdevice', 'disk/by-id/wwn-0x5000c5001a2b3c4d',
                'guestdevice', 'xvda',
                'rw', 'w',
            ),
        ),
        'vif', list('mac=00:16:3e:5a:00:04,bridge=xenbr0'),
    ),
);
