# The types of /software/components/xen: the desired state of a Xen host (dom0), guest by guest.
#
# The Pan compiler and ncm-xen both read this file. Both have to understand it, so it contains
# type declarations only: ranges, choices and patterns, no validation code. components/xen/config
# binds the type to its path, which lets a site bind its own type instead. Patterns end with \z
# and not with $, because $ would accept a line break at the end of a value.

declaration template components/xen/schema;

include 'quattor/types/component';
include 'pan/types';

# text on one line, without control characters
type xen_text = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*\z');

# a name of ASCII letters, digits and _ . + -, beginning with a letter, a digit or _
type xen_name = string with match(SELF, '^[A-Za-z0-9_][A-Za-z0-9_.+-]*\z');

# a network interface's name: at most 15 letters, digits and _ . : @ + -
type xen_netdev = string with match(SELF, '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}\z');

# text on one line, without blanks, commas and quotes
type xen_word = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Z},''"]*\z');

# a device name: no blanks, commas and quotes, and no - at its beginning
type xen_device = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Z},''"-][^\p{Cc}\p{Cs}\p{Z},''"]*\z');

# a path in dom0, without control characters, commas and quotes
type xen_path = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp},''"]+\z');

# a UUID, such as 6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10
type xen_uuid = string with match(SELF, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z');

# a URL of http or https in printable ASCII, such as https://example.org/vmlinuz
type xen_url = string with match(SELF, '^https?://[!-~]+\z');

# a SHA-256 digest, as sha256sum(1) prints it: 64 hexadecimal digits
type xen_sha256 = string with match(SELF, '^[0-9a-fA-F]{64}\z');

# What is done when a guest ends: its domain is removed, started anew, left for inspection, or
# dumped first.
type xen_event_action = choice(
    'destroy',
    'restart',
    'preserve',
    'rename-restart',
    'coredump-destroy',
    'coredump-restart'
);

# What is done when a guest asks for a soft reset: the same, or the reset itself.
type xen_soft_reset_action = choice(
    'soft-reset',
    'destroy',
    'restart',
    'preserve',
    'rename-restart',
    'coredump-destroy',
    'coredump-restart'
);

# a PCI device, such as 0000:03:00.0, with @slot and options such as permissive=1 after it
type xen_pci = string with match(SELF,
    '^([0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\.[0-7*](@[0-9a-fA-F]{1,2})?(,(permissive|msitranslate|seize|power_mgmt)=[01]|,rdm_policy=(strict|relaxed))*\z');

# a USB controller, such as type=auto,version=2,ports=8
type xen_usbctrl = string with match(SELF,
    '^(type=(auto|pv|qusb|devicemodel)|version=[123]|ports=([1-9]|[12][0-9]|3[01]))(,(type=(auto|pv|qusb|devicemodel)|version=[123]|ports=([1-9]|[12][0-9]|3[01])))*\z');

# a USB device of the host, such as type=hostdev,hostbus=1,hostaddr=3
type xen_usbdev = string with match(SELF,
    '^(type=hostdev|(hostbus|hostaddr|controller|port)=[0-9]{1,3})(,(type=hostdev|(hostbus|hostaddr|controller|port)=[0-9]{1,3}))*\z');

# letters c (disk), d (CD) and n (network), in the order in which they are tried, such as cn
type xen_boot_order = string with match(SELF, '^[cdn]{1,3}\z');

# a group of viridian, such as defaults, or one with ! before it
type xen_viridian = string with match(SELF, '^!?[a-z0-9_]{1,32}\z');

# A network interface of a guest. The toolstack chooses the value of an absent field.
type xen_nic = {
    # Its MAC address; default: the toolstack generates one at every start.
    'mac' ? type_hwaddr
    # The bridge of dom0 that it is put on; default: the toolstack's own.
    'bridge' ? xen_netdev
    # The device of dom0 that a routed interface uses.
    'gatewaydev' ? xen_netdev
    # Whether an hvm guest also gets an emulated card (ioemu) or not (vif).
    'type' ? choice('vif', 'ioemu')
    # The emulated card, such as e1000.
    'model' ? xen_name
    # The name of its device in dom0.
    'vifname' ? xen_netdev
    # The script that sets up its device in dom0, such as vif-route.
    'script' ? xen_path
    # The guest's addresses, separated by blanks; scripts let no others through.
    'ip' ? xen_text
    # The domain that provides its backend; default: dom0.
    'backend' ? xen_name
    # The maximum rate at which it may send, such as 10Mb/s or 250KB/s@20ms.
    'rate' ? xen_word
    # Its number in the guest; default: its position in the list.
    'devid' ? long(0..)
    # The largest packet, in bytes.
    'mtu' ? long(68..65535)
    # VLAN tags of its port, such as 10p/20; Xen 4.19.
    'vlan' ? xen_word
    # Whether the guest may trust the backend; Xen 4.17.
    'trusted' ? boolean
};

# the label of a file system: at most 16 letters, digits and _ . : + -
type xen_label = string with match(SELF, '^[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,15}\z');

# A disk of a guest.
type xen_vdisk = {
    # What backs it: a logical volume (lvm), an image file (file) or a block device of dom0
    # (phy).
    'type' : choice('lvm', 'file', 'phy')
    # Its name in the guest, such as xvda.
    'guestdevice' : xen_device
    # What the guest may do: r (or ro) read, w (or rw) read and write, w! write together with
    # others, which only the xm toolstack supports.
    'rw' : choice('r', 'w', 'w!', 'ro', 'rw')
    # lvm: the volume group. phy: the device, with or without /dev/ before it.
    'hostdevice' ? xen_device
    # lvm: the logical volume.
    'hostvol' ? xen_name
    # file: the image, an absolute path in dom0. lvm: the block device on which a missing volume
    # group is created if create is true.
    'path' ? xen_path
    # xm only: the access method before the path, such as tap:aio; default: phy.
    'access_method' ? xen_word
    # Size in MiB of a volume or image that is created; an existing one is compared with it.
    'size' ? long(1..)
    # Whether a missing volume or image is created; default: as create_filesystems says.
    'create' ? boolean
    # file: the format of the image; default: raw.
    'image_format' ? choice('raw', 'qcow2')
    # file: how much of the file system a new image takes at once: nothing (sparse),
    # all of its size (reserved), all of its size, overwritten with zeros (zeroed); default: sparse.
    'allocation' ? choice('sparse', 'reserved', 'zeroed')
    # lvm, and file if raw: the file system of a new volume or image; an existing one is
    # never formatted; default: none.
    'filesystem' ? choice('ext4', 'xfs', 'swap')
    # The label of that file system; at most 12 characters for xfs, 15 for swap; default: none.
    'label' ? xen_label
    # Whether a volume or image smaller than its size is extended; default: false.
    'grow' ? boolean
};

# The configuration of a guest. Texts are passed to the toolstack unchanged.
type xen_domain_options = {
    # The name of the domain in the toolstack; the same as its key under domains.
    'name' : xen_name
    # Memory at start, in MiB.
    'memory' : long(1..)
    # The most memory that it can get while it runs, in MiB; default: memory.
    'maxmem' ? long(1..)
    # Virtual CPUs at start.
    'vcpus' ? long(1..)
    # The most virtual CPUs that it can get while it runs; default: vcpus.
    'maxvcpus' ? long(1..)
    # The CPUs of the host that it may run on, such as 0-3,^1.
    'cpus' ? xen_text
    # The CPUs of the host that it should preferably run on, such as 0-3.
    'cpus_soft' ? xen_text
    # Its share of the CPUs relative to other guests; default: 256.
    'cpu_weight' ? long(1..65535)
    # The most CPU time that it may use, in percent of one CPU; absent or 0: no limit.
    'cap' ? long(0..)
    # The CPU pool that it runs in.
    'pool' ? xen_name
    # Its identity in the toolstack; default: made from its name.
    'uuid' ? xen_uuid
    # The kind of virtual machine; default: as builder says, else pv.
    'type' ? choice('pv', 'pvh', 'hvm')
    # The old spelling of type: linux, generic or hvm.
    'builder' ? xen_text
    # The kernel, a path in dom0.
    'kernel' ? xen_text
    # Its initial ramdisk, a path in dom0.
    'ramdisk' ? xen_text
    # The root device, for the kernel's command line.
    'root' ? xen_text
    # More words of the kernel's command line.
    'extra' ? xen_text
    # The whole command line of the kernel, instead of root and extra.
    'cmdline' ? xen_text
    # The program in dom0 that finds the kernel in the guest's disk, such as pygrub.
    'bootloader' ? xen_text
    # Arguments of the bootloader; vif[0] stands for the text of the first vif.
    'bootargs' ? xen_text
    # Arguments of the bootloader for xl, one in each item; not together with bootargs.
    'bootloader_args' ? xen_text[]
    # Whether the bootloader runs without privileges; Xen 4.18.
    'bootloader_restrict' ? boolean
    # The user that the bootloader runs as, if bootloader_restrict is set; Xen 4.18.
    'bootloader_user' ? xen_name
    # pv and pvh: pvgrub32 or pvgrub64 instead of a kernel. hvm: bios, uefi, seabios, rombios,
    # ovmf or the path of a file.
    'firmware' ? xen_text
    # hvm: the devices to boot from.
    'boot' ? xen_boot_order
    # The network interfaces, each a text such as mac=00:16:3e:11:22:33,bridge=xenbr0.
    'vif' ? xen_text[]
    # The network interfaces field by field; not together with vif.
    'nics' ? xen_nic[]
    # The disks.
    'disk' ? xen_vdisk[]
    # The guest's address, for its kernel's command line.
    'ip' ? xen_text
    # Its network mask, for its kernel's command line.
    'netmask' ? type_ip
    # Its default gateway, for its kernel's command line.
    'gateway' ? type_ip
    # Its host name, for its kernel's command line.
    'hostname' ? xen_text
    # The server of its root file system, for its kernel's command line.
    'nfs_server' ? type_ip
    # The path of its root file system on that server.
    'nfs_root' ? xen_text
    # Its frame buffer, in the toolstack's own syntax.
    'vfb' ? xen_text
    # Its virtual TPM, in the toolstack's own syntax.
    'vtpm' ? xen_text
    # What is done when it shuts down; default: destroy.
    'on_poweroff' ? xen_event_action
    # What is done when it reboots; default: restart.
    'on_reboot' ? xen_event_action
    # What is done when it crashes; default: as the toolstack decides.
    'on_crash' ? xen_event_action
    # What is done when its watchdog fires; default: destroy.
    'on_watchdog' ? xen_event_action
    # What is done when it asks for a soft reset; default: soft-reset.
    'on_soft_reset' ? xen_soft_reset_action
    # PCI devices of the host that are passed through to it.
    'pci' ? xen_pci[]
    # How DMA of these devices is protected; default: as the toolstack decides.
    'passthrough' ? choice('disabled', 'enabled', 'sync_pt', 'share_pt', 'default')
    # pv: whether it sees the host's memory map, as PCI devices need; with them it always does.
    'e820_host' ? boolean
    # USB controllers.
    'usbctrl' ? xen_usbctrl[]
    # USB devices of the host that are passed through to it.
    'usbdev' ? xen_usbdev[]
    # hvm: whether it has an emulated USB bus.
    'usb' ? boolean
    # hvm: emulated USB devices, such as tablet.
    'usbdevice' ? xen_text[]
    # hvm: emulated serial ports, such as pty.
    'serial' ? xen_text[]
    # Whether VNC shows its screen. pv: a frame buffer is created for it, not together with vfb.
    'vnc' ? boolean
    # The address that VNC listens on.
    'vnclisten' ? xen_text
    # The number of the VNC display.
    'vncdisplay' ? long(0..)
    # Whether VNC uses the next free display.
    'vncunused' ? boolean
    # The password of VNC; never shown.
    'vncpasswd' ? xen_text
    # The keyboard layout of VNC, such as de.
    'keymap' ? xen_name
    # hvm: the emulated graphics card.
    'vga' ? choice('none', 'stdvga', 'cirrus', 'qxl')
    # Memory of the graphics card, in MiB.
    'videoram' ? long(1..)
    # hvm: whether it has no emulated graphics card at all.
    'nographic' ? boolean
    # Whether its clock starts with the host's local time instead of UTC.
    'localtime' ? boolean
    # Seconds by which its clock is ahead of UTC; may be negative.
    'rtc_timeoffset' ? long
    # How it reads the time stamp counter.
    'tsc_mode' ? choice('default', 'always_emulate', 'native', 'native_paravirt')
    # Whether it has ACPI.
    'acpi' ? boolean
    # hvm: whether it has an APIC.
    'apic' ? boolean
    # hvm: whether it has PAE.
    'pae' ? boolean
    # hvm: whether it has the NX bit.
    'nx' ? boolean
    # hvm: whether it has a high precision event timer (HPET).
    'hpet' ? boolean
    # Whether the hardware translates its memory (HAP).
    'hap' ? boolean
    # hvm: groups of Microsoft's enlightenments, such as defaults, all or !freq.
    'viridian' ? xen_viridian[]
    # Whether it can run guests itself.
    'nestedhvm' ? boolean
    # Alternate memory views; default: disabled.
    'altp2m' ? choice('disabled', 'mixed', 'external', 'limited')
    # hvm: whether it has Xen's platform device, which its paravirtual drivers need.
    'xen_platform_pci' ? boolean
    # hvm: whether it gets a generation id, which changes when it is cloned.
    'ms_vm_genid' ? choice('generate', 'none')
    # The program that emulates devices, together with device_model_version.
    'device_model_override' ? xen_path
    # The kind of that program; default: qemu-xen.
    'device_model_version' ? choice('qemu-xen', 'qemu-xen-traditional')
    # The user that the program runs as.
    'device_model_user' ? xen_name
    # Whether the program is restricted to its own guest.
    'dm_restrict' ? boolean
    # Arguments of that program, one in each item.
    'device_model_args' ? xen_text[]
    # The same, if the guest is not hvm.
    'device_model_args_pv' ? xen_text[]
    # The same, if the guest is hvm.
    'device_model_args_hvm' ? xen_text[]
    # Further keys of xl.cfg(5); each a string, a long, a boolean or a list of strings. They are
    # checked against a table of names and versions.
    'extra_config' ? element{}
    # Entries of the old component, which ran them as commands. They are reported and never run; use
    # fetch of the domain to download files.
    'download' ? string[]
};

# What is done if the declaration of a running guest changes. report: report it. live: change what a
# running guest can take (memory and virtual CPUs within their maximum, share of the CPUs, pinning, a
# new disk or interface), and report the rest. next-reboot: as live, and store the rest for the
# guest's next reboot. restart: as live if that is all; otherwise shut the guest down and start it,
# one guest after the other.
type xen_on_change = choice('report', 'live', 'next-reboot', 'restart');

# A file that a guest needs in dom0, such as its kernel.
type xen_fetch = {
    # The URL to download it from. user:password@ before the host is sent to that server only, and is
    # never shown.
    'url' : xen_url
    # Its path in dom0: absolute, not below /etc/xen, and not that of a disk. A missing directory
    # is created.
    'path' : xen_path
    # The SHA-256 digest of its content. A file with another digest is replaced; content with another
    # digest is never put there.
    'sha256' : xen_sha256
};

# A guest. Its key under domains names its file in /etc/xen.
type xen_domain = {
    # Its configuration.
    'options' : xen_domain_options
    # The configuration for its installation, in a file of its own; it is complete and takes nothing
    # from options.
    'install_options' ? xen_domain_options
    # Whether it starts with the host; default: left as it is.
    'auto' ? boolean
    # running: started if it does not run, whatever create_domains says. stopped: shut down, and
    # not started with the host. unmanaged: ncm-xen changes nothing, neither its file nor its disks.
    # Default: started as create_domains says, never stopped.
    'state' ? choice('running', 'stopped', 'unmanaged')
    # Guests are started one after the other, lower numbers first, then by name; default: 0. It has no
    # effect when the host boots: xendomains starts guests in the order of the names in /etc/xen/auto.
    'start_order' ? long
    # Seconds to wait after its start before the next guest is started; default: 0. It has no
    # effect when the host boots.
    'start_delay' ? long(0..86400)
    # Seconds that a shutdown may take; a guest that takes longer is reported and keeps running.
    # Default: 120.
    'shutdown_timeout' ? long(0..86400)
    # What is done about changes while it runs; default: as the component says.
    'on_change' ? xen_on_change
    # Files that are downloaded if they are missing or different, before its file is written and
    # before it is started.
    'fetch' ? xen_fetch[]
};

# Which host a guest belongs to.
type xen_guest_map = {
    include structure_component
    # The MAC address of the guest's first interface.
    'guest_mac' : type_hwaddr
    # The name of the host, fully qualified or short.
    'hypervisor_name' : xen_text
};

# A bridge of dom0.
type xen_network_bridge = {
    # The network interface of dom0 that is put on it; default: eth and the digits after xenbr in the
    # name of the bridge, or eth0 if there are none.
    'netdev' ? xen_netdev
    # The number of the virtual interface, for xend's network script; default: the same digits, or 0.
    'vifnum' ? long(0..)
};

# A tagged VLAN with a bridge of its own, which takes the device NETDEV.VLAN.
type xen_network_vlan = {
    # The network interface of dom0 that carries it.
    'netdev' : xen_netdev
    # Its number.
    'vlan' : long(1..4094)
};

# The network of dom0.
type xen_network = {
    # Whether libvirt's own networks are kept from starting with the host.
    'removeqemunetworklibvirtautostart' : boolean = true
    # What creates bridges and VLANs: the scripts of xend, or a script that calls ip; default, or auto:
    # xend if the toolstack is xm, otherwise iproute2.
    'backend' ? choice('auto', 'xend', 'iproute2')
    # Bridges by name.
    'bridges' ? xen_network_bridge{}
    # VLANs by the name of their bridge.
    'vlans' ? xen_network_vlan{}
};

# A Xen host.
type component_xen_type = {
    include structure_component
    # Whether missing volumes and images are created; default: false.
    'create_filesystems' ? boolean
    # Whether guests that do not run are started; default: false.
    'create_domains' ? boolean
    # What is done about changes of running guests that have no on_change of their own; default: report.
    'on_change' ? xen_on_change
    # The guests by name.
    'domains' ? xen_domain{}
    # Guests and the hosts they belong to.
    'guest_map' ? xen_guest_map{}
    # The network of dom0; default: left as it is.
    'network' ? xen_network
};
