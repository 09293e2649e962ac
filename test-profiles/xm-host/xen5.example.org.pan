# A host where xend runs: the old dialect, a shared volume, a guest of another host.
object template xen5.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen5';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/guest_map' = dict(
    'vm02', dict(
        'active', true,
        'dispatch', true,
        'guest_mac', '00:16:3E:00:00:02',
        'hypervisor_name', 'xen5',
    ),
    'vm03', dict(
        'active', true,
        'dispatch', true,
        'guest_mac', '00:16:3E:00:00:04',
        'hypervisor_name', 'xen6.example.org',
    ),
);

'/software/components/xen/domains/vm02' = dict(
    'auto', true,
    'options', dict(
        'name', 'vm02',
        'memory', 512,
        'vcpus', 1,
        'bootloader', '/usr/bin/pypxeboot',
        'bootargs', 'vif[0]',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'xenvg',
                'hostvol', 'vm02',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
            dict(
                'type', 'lvm',
                'hostdevice', 'xenvg',
                'hostvol', 'data',
                'guestdevice', 'xvdb',
                'rw', 'w!',
                'size', 1024,
                'access_method', 'phy',
            ),
            dict(
                'type', 'file',
                'path', '/srv/xen/vm02-swap.img',
                'guestdevice', 'xvdc',
                'rw', 'w',
                'size', 512,
            ),
            dict(
                'type', 'phy',
                'hostdevice', '/dev/sdb2',
                'guestdevice', 'xvdd',
                'rw', 'r',
            ),
        ),
        'vfb', '[''type=vnc,vncunused=1'']',
        'extra', 'it''s 100% \ (hd0,0)/x?',
        'vif', list('mac=00:16:3E:00:00:02,bridge=xenbr0'),
    ),
);

'/software/components/xen/domains/vm03' = dict(
    'options', dict(
        'name', 'vm03',
        'memory', 256,
        'kernel', '/boot/vmlinuz-xenU',
        'download', list('/bin/wget -O /boot/vmlinuz-xenU http://aii.example.org/vmlinuz-xenU'),
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'xenvg',
                'hostvol', 'data',
                'guestdevice', 'xvda',
                'rw', 'w!',
                'size', 1024,
            ),
        ),
    ),
);
