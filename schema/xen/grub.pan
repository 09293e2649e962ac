# The boot entry of a Xen host with GRUB legacy, before all others. A host with GRUB 2 finds its
# hypervisor itself and takes dom0_mem from GRUB_CMDLINE_XEN: ncm-xen doctor says how.
#
# The site's template for the system of the host sets XEN_VERSION and XEN_LINUX_VERSION.

unique template xen/grub;

include 'xen/variables';
include 'components/grub/config';

# The device of the root file system, unless the site has set it.
variable XEN_DOM0_ROOT_DEVICE ?= {
    device = '';
    foreach (i; filesystem; value('/system/filesystems')) {
        if (filesystem['mountpoint'] == '/') {
            device = filesystem['block_device'];
        };
    };
    if (match(device, '^(partitions|physical_devs)/')) {
        return('/dev/' + replace('^[^/]+/', '', device));
    };
    if (match(device, '^md/')) {
        return('/dev/' + device);
    };
    if (match(device, '^logical_volumes/')) {
        volume = replace('^[^/]+/', '', device);
        group = value('/system/blockdevices/logical_volumes/' + volume + '/volume_group');
        return('/dev/' + group + '/' + volume);
    };
    error('the device of the root file system is not known; expected XEN_DOM0_ROOT_DEVICE');
};

variable XEN_KERNEL_ARGUMENTS ?= 'ro';

'/software/components/grub/kernels' = {
    entry = dict(
        'title', 'Xen ' + XEN_VERSION + ' / Linux ' + XEN_LINUX_VERSION,
        'multiboot', '/xen.gz-' + XEN_VERSION,
        'mbargs', 'dom0_mem=' + XEN_DOM0_MEM,
        'kernelpath', '/vmlinuz-' + XEN_LINUX_VERSION + 'xen',
        'kernelargs', 'root=' + XEN_DOM0_ROOT_DEVICE + ' ' + XEN_KERNEL_ARGUMENTS,
        'initrd', '/initrd-' + XEN_LINUX_VERSION + 'xen.img'
    );
    entries = list(entry);
    if (is_defined(SELF)) {
        foreach (i; other; SELF) {
            entries[length(entries)] = other;
        };
    };
    entries;
};
