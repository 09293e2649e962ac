# Guests have an owner and say whether they have sound, and every interface names its bridge.

declaration template site/xen/schema;

include 'components/xen/schema';

type site_nic = {
    include xen_nic
    'bridge' : xen_netdev
};

type site_domain_options = {
    include xen_domain_options
    # Further nics than the site's are not accepted.
    'nics' ? site_nic[]
    # The sound card, a key of xl.cfg(5).
    'soundhw' ? choice('ac97', 'hda')
};

type site_domain = {
    'options' : site_domain_options
    'install_options' ? site_domain_options
    'auto' ? boolean
    # Who pays for it.
    'cost_centre' : string(1..20)
};

type site_xen = {
    include structure_component
    'create_filesystems' ? boolean
    'create_domains' ? boolean
    'domains' ? site_domain{}
    'guest_map' ? xen_guest_map{}
    'network' ? xen_network
};

bind '/software/components/xen' = site_xen;
