# A host of today with a pvh, a pv and an hvm guest that use what xl.cfg(5) has to offer.
object template xen7.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen7';
'/system/network/domainname' = 'example.org';

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
'/software/components/xen/on_change' = 'report';

# A database: memory and CPUs to grow into, its own CPUs, a shaped network, three kinds of disks.
'/software/components/xen/domains/db.example.org' = dict(
    'auto', true,
    'state', 'running',
    'start_order', 10,
    'start_delay', 30,
    'shutdown_timeout', 300,
    'on_change', 'live',
    'options', dict(
        'name', 'db.example.org',
        'uuid', '6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10',
        'type', 'pvh',
        'memory', 4096,
        'maxmem', 8192,
        'vcpus', 2,
        'maxvcpus', 8,
        'cpus', '4-7,^5',
        'cpus_soft', '6-7',
        'cpu_weight', 512,
        'cap', 400,
        'kernel', '/boot/guest/vmlinuz',
        'ramdisk', '/boot/guest/initrd.img',
        'cmdline', 'root=/dev/xvda1 ro console=hvc0',
        'disk', list(
            dict(
                'type', 'file',
                'path', '/srv/xen/db-root.qcow2',
                'image_format', 'qcow2',
                'guestdevice', 'xvda',
                'rw', 'rw',
                'size', 20480,
                'grow', true,
            ),
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'db-data',
                'guestdevice', 'xvdb',
                'rw', 'w',
                'size', 102400,
                'filesystem', 'ext4',
                'label', 'data',
                'grow', true,
            ),
            dict(
                'type', 'file',
                'path', '/srv/xen/db-swap.img',
                'allocation', 'reserved',
                'guestdevice', 'xvdc',
                'rw', 'w',
                'size', 2048,
                'filesystem', 'swap',
                'label', 'swap',
            ),
        ),
        'nics', list(
            dict(
                'mac', '00:16:3e:5a:07:01',
                'bridge', 'xenbr0',
                'vifname', 'db.0',
                'rate', '100Mb/s',
                'mtu', 9000,
            ),
            dict(
                'mac', '00:16:3E:5A:07:02',
                'bridge', 'xenbr1',
                'ip', '192.0.2.17',
                'script', 'vif-bridge',
                'trusted', false,
            ),
        ),
        'on_poweroff', 'destroy',
        'on_reboot', 'restart',
        'on_crash', 'coredump-restart',
        'on_watchdog', 'restart',
        'extra_config', dict(
            'max_grant_frames', 64,
            'nomigrate', true,
        ),
    ),
);

# A gateway: a network card of the host, a USB device, and a screen behind a password.
'/software/components/xen/domains/gateway.example.org' = dict(
    'auto', true,
    'start_order', -10,
    'on_change', 'next-reboot',
    'options', dict(
        'name', 'gateway.example.org',
        'type', 'pv',
        'memory', 1024,
        'vcpus', 1,
        'bootloader', 'pygrub',
        'bootloader_args', list('--entry=1', '--quiet'),
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'gateway',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 10240,
            ),
        ),
        'nics', list(
            dict(
                'mac', '00:16:3e:5a:07:03',
                'bridge', 'xenbr0',
            ),
        ),
        'pci', list('0000:03:00.0,permissive=1', '03:00.1,rdm_policy=strict'),
        'e820_host', true,
        'usbctrl', list('type=auto,version=2,ports=8'),
        'usbdev', list('type=hostdev,hostbus=1,hostaddr=3'),
        'vnc', true,
        'vnclisten', '127.0.0.1',
        'vncdisplay', 7,
        'vncunused', false,
        'vncpasswd', 'not, for "plans"',
        'keymap', 'de',
        'tsc_mode', 'native',
        'on_soft_reset', 'destroy',
    ),
);

# A desktop that is not to run: firmware, devices and the program that emulates them.
'/software/components/xen/domains/desktop.example.org' = dict(
    'auto', false,
    'state', 'stopped',
    'shutdown_timeout', 0,
    'on_change', 'restart',
    'options', dict(
        'name', 'desktop.example.org',
        'type', 'hvm',
        'memory', 8192,
        'vcpus', 4,
        'firmware', 'uefi',
        'boot', 'cd',
        'disk', list(
            dict(
                'type', 'lvm',
                'hostdevice', 'vg0',
                'hostvol', 'desktop',
                'guestdevice', 'xvda',
                'rw', 'w',
                'size', 61440,
            ),
        ),
        'nics', list(
            dict(
                'mac', '00:16:3e:5a:07:04',
                'bridge', 'xenbr0',
                'type', 'ioemu',
                'model', 'e1000',
            ),
        ),
        'serial', list('pty'),
        'usb', true,
        'usbdevice', list('tablet'),
        'vnc', true,
        'vncunused', true,
        'vncpasswd', 'desk\top',
        'vga', 'stdvga',
        'videoram', 16,
        'localtime', true,
        'acpi', true,
        'hpet', true,
        'viridian', list('defaults', '!freq'),
        'xen_platform_pci', true,
        'altp2m', 'disabled',
        'device_model_version', 'qemu-xen',
        'device_model_override', '/usr/lib/xen-4.17/bin/qemu-system-i386',
        'device_model_user', 'xenqemu',
        'dm_restrict', true,
        'device_model_args', list('-name', 'desktop,debug-threads=on'),
    ),
);
