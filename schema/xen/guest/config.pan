# What a guest's own template includes: its host, the kernel that it needs, and what sets its clock.

unique template xen/guest/config;

# The guests of each host. A guest's location is its host.
variable XEN_DB ?= dict();
'/hardware/location' = {
    hosts = list();
    foreach (host; guests; XEN_DB) {
        if (index(FULL_HOSTNAME, guests) >= 0) {
            hosts[length(hosts)] = host;
        };
    };
    if (length(hosts) > 1) {
        error('the guest ' + FULL_HOSTNAME + ' is on ' + hosts[0] + ' and on ' + hosts[1]
            + '; expected one host for a guest');
    };
    if (length(hosts) == 1) {
        return(hosts[0]);
    };
    if (is_defined(SELF)) SELF else null;
};

# Hardware of the guest that replaces that of its machine, part by part.
variable XEN_GUESTS_MACHINE_DB ?= dict();
'/hardware/cards/nic' = {
    if (exists(XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['nic'])) {
        foreach (name; card; XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['nic']) {
            if (exists(SELF[name])) {
                # Fields that are not set here stay, such as boot.
                foreach (field; content; card) {
                    SELF[name][field] = content;
                };
            } else {
                SELF[name] = card;
            };
        };
    };
    SELF;
};
'/hardware/harddisks' = {
    if (exists(XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['harddisks'])) {
        return(XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['harddisks']);
    };
    SELF;
};
'/hardware/ram' = {
    if (exists(XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['ram_size'])) {
        return(list(dict('size', XEN_GUESTS_MACHINE_DB[FULL_HOSTNAME]['ram_size'])));
    };
    SELF;
};

# Up to 2.6.22 Linux needs a special kernel for Xen: xenU with Scientific Linux 4, xen with 5.
'/system/kernel/version' = {
    if (!is_defined(SELF)) {
        return(null);
    };
    if (match(SELF, '^2\.6\.9-') && !match(SELF, 'xenU$')) {
        return(SELF + 'xenU');
    };
    if (match(SELF, '^2\.6\.(1[0-9]|2[0-2])-') && !match(SELF, 'xen$')) {
        return(SELF + 'xen');
    };
    SELF;
};

# A special kernel for Xen uses the host's clock unless it is configured otherwise; a later kernel always
# has its own.
variable XEN_INDEPENDENT_WALLCLOCK ?= false;
variable XEN_WALLCLOCK_TEMPLATE ?= {
    if (XEN_INDEPENDENT_WALLCLOCK) {
        return('xen/independent_wallclock');
    };
    if (!exists('/system/kernel/version')) {
        return(null);
    };
    version = value('/system/kernel/version');
    if (match(version, '^2\.6\.(9|1[0-9]|2[0-2])-')) 'xen/dependent_wallclock' else null;
};
include { XEN_WALLCLOCK_TEMPLATE };
