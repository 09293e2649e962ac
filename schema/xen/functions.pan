# Functions of the templates in xen/.

declaration template xen/functions;

@{Returns a text that sorts as people count: eth2 before eth10, xvdz before xvdaa.
  Argument: the name of a device.}
function xen_sort_key = {
    name = ARGV[0];
    if (match(name, '^(xv|s|h|v)d[a-z]+$')) {
        parts = matches(name, '^((?:xv|s|h|v)d)([a-z]+)$');
        return(parts[1] + format('%04d', length(parts[2])) + parts[2]);
    };
    if (match(name, '^.*[0-9]$')) {
        parts = matches(name, '^(.*?)0*([0-9]{1,9})$');
        return(parts[1] + format('%09d', to_long(parts[2])));
    };
    name;
};

@{Returns the keys of a dict in the order in which people count them.
  Argument: a dict by names of devices.}
function xen_device_names = {
    sorted = dict();
    foreach (name; device; ARGV[0]) {
        sorted[xen_sort_key(name)] = name;
    };
    names = list();
    foreach (key; name; sorted) {
        names[length(names)] = name;
    };
    names;
};

@{Returns an IPv4 address as a number. Argument: the address.}
function xen_address_number = {
    number = 0;
    foreach (i; part; split('\.', ARGV[0])) {
        # A leading zero would make it octal.
        number = number * 256 + to_long(replace('^0+([0-9])', '$1', part));
    };
    number;
};

@{Returns whether an IPv4 address is in a network.
  Arguments: the address, an address of the network, its netmask.}
function xen_in_network = {
    if (!match(ARGV[0], '^[0-9.]+$') || !match(ARGV[1], '^[0-9.]+$')) {
        return(false);
    };
    size = 4294967296 - xen_address_number(ARGV[2]);
    xen_address_number(ARGV[0]) / size == xen_address_number(ARGV[1]) / size;
};

@{Returns a MAC in lower case with colons. Argument: a MAC that type_hwaddr accepts.}
function xen_mac = {
    to_lowercase(replace('-', ':', ARGV[0]));
};

@{Returns the profile of a guest as an external path wants it. Argument: the guest's name.}
function xen_profile = {
    XEN_PROFILE_PREFIX + ARGV[0] + ':';
};
