# The guests of this host, derived from their own profiles. A guest that the site has set itself is
# left unchanged.

unique template xen/configure_guests;

include 'xen/variables';
include 'xen/functions';
include 'xen/auto_network';

'/software/components/xen/domains' = {
    domains = if (is_defined(SELF)) SELF else dict();
    foreach (i; guest; XEN_GUESTS) {
        hardware = value(xen_profile(guest) + '/hardware');
        machine = dict();
        if (exists(XEN_GUESTS_MACHINE_DB[guest])) {
            machine = XEN_GUESTS_MACHINE_DB[guest];
        };
        options = dict('name', guest);

        # The sum of all memory modules.
        if (is_defined(XEN_RAM)) {
            options['memory'] = XEN_RAM;
        } else if (exists(machine['ram_size'])) {
            options['memory'] = machine['ram_size'];
        } else {
            memory = 0;
            foreach (j; module; hardware['ram']) {
                memory = memory + module['size'];
            };
            options['memory'] = memory;
        };

        # The sum of the cores of all CPUs.
        vcpus = 0;
        if (exists(hardware['cpu'])) {
            foreach (j; cpu; hardware['cpu']) {
                if (exists(cpu['cores'])) {
                    vcpus = vcpus + cpu['cores'];
                } else {
                    vcpus = vcpus + 1;
                };
            };
        };
        if (vcpus > 0) {
            options['vcpus'] = vcpus;
        };

        options['bootloader'] = XEN_BOOTLOADER_DEFAULT;
        if (exists(XEN_BOOTLOADER[guest])) {
            options['bootloader'] = XEN_BOOTLOADER[guest];
        };
        if (exists(XEN_BOOTARGS[guest])) {
            options['bootargs'] = XEN_BOOTARGS[guest];
        } else if (match(options['bootloader'], 'pypxeboot')) {
            options['bootargs'] = 'vif[0]';
        } else {
            options['bootargs'] = XEN_BOOTARG_DEFAULT;
        };
        if (options['bootloader'] == '') {
            options['root'] = XEN_BOOT_DEVICE;
        };

        # All disks; the first one's volume has the guest's name.
        harddisks = dict();
        if (exists(machine['harddisks'])) {
            harddisks = machine['harddisks'];
        } else if (exists(hardware['harddisks'])) {
            harddisks = hardware['harddisks'];
        };
        disks = list();
        foreach (j; name; xen_device_names(harddisks)) {
            volume = guest;
            if (j > 0) {
                volume = guest + '-' + name;
            };
            disks[length(disks)] = dict(
                'type', 'lvm',
                'hostdevice', XEN_VG,
                'hostvol', volume,
                'size', harddisks[name]['capacity'],
                'guestdevice', name,
                'rw', 'w',
                'create', XEN_CREATE_FILESYSTEMS
            );
        };
        options['disk'] = disks;

        cards = dict();
        if (exists(machine['nic'])) {
            cards = machine['nic'];
        } else if (exists(hardware['cards']['nic'])) {
            cards = hardware['cards']['nic'];
        };
        vifs = list();
        foreach (j; name; xen_device_names(cards)) {
            text = 'mac=' + xen_mac(cards[name]['hwaddr']);
            if (exists(XEN_VIF_BRIDGE[guest][name])) {
                text = text + ',bridge=' + XEN_VIF_BRIDGE[guest][name];
            };
            vifs[length(vifs)] = text;
        };
        options['vif'] = vifs;

        if (!exists(domains[guest])) {
            domains[guest] = dict('auto', true, 'options', options);
        };
    };
    domains;
};
