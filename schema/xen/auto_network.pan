# The bridges of dom0, and the bridge of each network interface of a guest.

unique template xen/auto_network;

include 'xen/variables';
include 'xen/functions';
include 'components/network/config';

# A card that is not configured can still be put on a bridge.
'/system/network/interfaces' = {
    foreach (name; card; value('/hardware/cards/nic')) {
        if (!exists(SELF[name])) {
            SELF[name] = dict('bootproto', 'none');
        };
    };
    SELF;
};

# Bridges that the host's own network configuration creates.
variable XEN_PRESENT_BRIDGES = {
    present = dict();
    foreach (name; device; value('/system/network/interfaces')) {
        if (exists(device['bridge'])) {
            present[device['bridge']] = true;
        };
        if (exists(device['type']) && to_lowercase(device['type']) == 'bridge') {
            present[name] = true;
        };
    };
    present;
};

# One for each network interface, unless the site has set them. Ports of bonds count, as they always
# did, but get no bridge.
variable XEN_NETWORK_BRIDGES = {
    if (is_defined(SELF)) {
        return(SELF);
    };
    interfaces = value('/system/network/interfaces');
    bridges = dict();
    number = 0;
    foreach (i; name; xen_device_names(interfaces)) {
        device = interfaces[name];
        if (name != 'lo' && !exists(XEN_PRESENT_BRIDGES[name])) {
            bridge = 'xenbr' + to_string(number);
            if (!exists(device['master']) && !exists(device['bridge'])
                && !exists(XEN_PRESENT_BRIDGES[bridge])) {
                bridges[bridge] = dict('netdev', name, 'vifnum', number);
            };
            number = number + 1;
        };
    };
    bridges;
};

'/software/components/xen/network/bridges' ?= if (length(XEN_NETWORK_BRIDGES) > 0) {
    XEN_NETWORK_BRIDGES;
} else {
    null;
};

# The bridge that each network interface of dom0 is on.
variable XEN_BRIDGE_OF_DEVICE = {
    of = dict();
    foreach (bridge; port; XEN_NETWORK_BRIDGES) {
        if (exists(port['netdev'])) {
            of[port['netdev']] = bridge;
        } else if (match(bridge, '^xenbr[0-9]+$')) {
            of[replace('^xenbr', 'eth', bridge)] = bridge;
        };
    };
    foreach (name; device; value('/system/network/interfaces')) {
        if (exists(device['bridge'])) {
            of[name] = device['bridge'];
        };
    };
    foreach (bridge; present; XEN_PRESENT_BRIDGES) {
        of[bridge] = bridge;
    };
    of;
};

# The networks of dom0 and the bridge into each: those of its addresses, of its aliases, and of routes
# without a gateway.
variable XEN_WAYS = {
    ways = list();
    foreach (name; device; value('/system/network/interfaces')) {
        if (exists(XEN_BRIDGE_OF_DEVICE[name])) {
            bridge = XEN_BRIDGE_OF_DEVICE[name];
            networks = list();
            if (exists(device['ip'])) {
                networks[length(networks)] = device;
            };
            if (exists(device['aliases'])) {
                foreach (i; alias; device['aliases']) {
                    networks[length(networks)] = alias;
                };
            };
            if (exists(device['route'])) {
                foreach (i; route; device['route']) {
                    if (!exists(route['gateway']) && exists(route['address'])) {
                        networks[length(networks)] = merge(route, dict('ip', route['address']));
                    };
                };
            };
            foreach (i; network; networks) {
                mask = '255.255.255.255';
                if (exists(network['netmask'])) {
                    mask = network['netmask'];
                };
                ways[length(ways)] = dict('ip', network['ip'], 'netmask', mask, 'bridge', bridge);
            };
        };
    };
    ways;
};

# If the site has not set it, the bridge into the smallest network that contains the address; for an
# interface without an address, the only bridge that exists.
variable XEN_VIF_BRIDGE = {
    foreach (i; guest; XEN_GUESTS) {
        if (!exists(SELF[guest])) {
            SELF[guest] = dict();
        };
        interfaces = value(xen_profile(guest) + '/system/network/interfaces');
        foreach (name; card; value(xen_profile(guest) + '/hardware/cards/nic')) {
            if (!exists(SELF[guest][name])) {
                holder = name;
                # A port has the address of its bond or its bridge.
                if (exists(interfaces[holder]['master'])) {
                    holder = interfaces[holder]['master'];
                };
                if (exists(interfaces[holder]['bridge'])) {
                    holder = interfaces[holder]['bridge'];
                };
                best = -1;
                found = '';
                if (exists(interfaces[holder]['ip'])) {
                    foreach (j; way; XEN_WAYS) {
                        number = xen_address_number(way['netmask']);
                        if (number > best
                            && xen_in_network(interfaces[holder]['ip'], way['ip'], way['netmask'])) {
                            best = number;
                            found = way['bridge'];
                        };
                    };
                } else if (length(XEN_NETWORK_BRIDGES) + length(XEN_PRESENT_BRIDGES) == 1) {
                    foreach (bridge; port; merge(XEN_NETWORK_BRIDGES, XEN_PRESENT_BRIDGES)) {
                        found = bridge;
                    };
                };
                if (found == '') {
                    debug('no bridge leads into the network of ' + name + ' of ' + guest);
                } else {
                    SELF[guest][name] = found;
                };
            };
        };
    };
    SELF;
};
