# The variables that control xen/host/config, with their defaults. A site sets them beforehand.

unique template xen/variables;

# Root device of guests that have no bootloader.
variable XEN_BOOT_DEVICE ?= '/dev/sda2';

# Memory of dom0 with its unit, in the syntax of Xen's dom0_mem.
variable XEN_DOM0_MEM ?= '400M';

# Volume group in which the guests' disks are created.
variable XEN_VG ?= 'vg01';

# The guests of each host, by the host's full name.
variable XEN_DB ?= dict();

# The prefix of a guest's name in the name of its profile.
variable XEN_PROFILE_PREFIX ?= '';

# Bootloader by guest, and the one of guests that are not named; empty for none.
variable XEN_BOOTLOADER ?= dict();
variable XEN_BOOTLOADER_DEFAULT ?= '/usr/bin/pypxeboot';

# Arguments of the bootloader by guest, and those of guests that are not named. pypxeboot gets vif[0]
# automatically. XEN_BOOTARGS_DEFAULT is an older spelling.
variable XEN_BOOTARGS ?= dict();
variable XEN_BOOTARGS_DEFAULT ?= '';
variable XEN_BOOTARG_DEFAULT ?= XEN_BOOTARGS_DEFAULT;

# Whether missing volumes are created, and whether guests that do not run are started.
variable XEN_CREATE_FILESYSTEMS ?= true;
variable XEN_CREATE_DOMAINS ?= true;

# Memory of every guest of the host, in MiB; undef: the memory of its own hardware.
variable XEN_RAM ?= undef;

# By guest: nic, harddisks and ram_size that replace those of its own hardware.
variable XEN_GUESTS_MACHINE_DB ?= dict();

# Bridge by guest and by its network interface; found by address if it is not set.
variable XEN_VIF_BRIDGE ?= dict();

# Bridges of dom0, each with netdev and vifnum; undef: one for each network interface.
variable XEN_NETWORK_BRIDGES ?= undef;

# The guests of this host. A host that is missing in XEN_DB is an error, because otherwise all its
# guests would be withdrawn silently.
variable XEN_GUESTS ?= {
    if (!exists(XEN_DB[FULL_HOSTNAME])) {
        error('XEN_DB has no entry for ' + FULL_HOSTNAME
            + ', and XEN_GUESTS is not set; expected the list of its guests, empty for none');
    };
    XEN_DB[FULL_HOSTNAME];
};

# A guest on two hosts destroys its disks.
variable XEN_GUESTS = {
    foreach (i; guest; SELF) {
        foreach (host; guests; XEN_DB) {
            if (host != FULL_HOSTNAME && index(guest, guests) >= 0) {
                error('the guest ' + guest + ' is on ' + host + ' and on ' + FULL_HOSTNAME
                    + '; expected one host for a guest');
            };
        };
    };
    SELF;
};
