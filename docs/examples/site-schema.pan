# Guests have an owner and declare whether they have sound, and every interface names its bridge.
#
# A type above a new field repeats all of its fields, because a field that it leaves out is refused.

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
    'state' ? choice('running', 'stopped', 'unmanaged')
    'start_order' ? long
    'start_delay' ? long(0..86400)
    'shutdown_timeout' ? long(0..86400)
    'on_change' ? xen_on_change
    'fetch' ? xen_fetch[]
    # Who pays for it.
    'cost_centre' : string(1..20)
};

type site_xen = {
    include structure_component
    'create_filesystems' ? boolean
    'create_domains' ? boolean
    'on_change' ? xen_on_change
    'domains' ? site_domain{}
    'guest_map' ? xen_guest_map{}
    'network' ? xen_network
};

bind '/software/components/xen' = site_xen;
