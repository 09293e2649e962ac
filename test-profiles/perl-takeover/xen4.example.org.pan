# A guest that the Perl component configured, and one that it left behind.
object template xen4.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen4';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/domains/vm01' = dict(
    'auto', true,
    'options', dict(
        'name', 'vm01',
        'memory', 512,
        'vcpus', 1,
        'bootloader', '/usr/bin/pygrub',
        'bootargs', '',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'xenvg',
                'hostvol', 'vm01-root',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 1024,
            ),
        ),
        'vif', list('mac=00:16:3e:00:00:01, bridge=xenbr0'),
        'on_crash', 'restart',
        'on_poweroff', 'destroy',
        'on_reboot', 'restart',
    ),
);
