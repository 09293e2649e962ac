# The types of Quattor's template library (pan/types, quattor/types/component) that a component's
# schema may use, under their names there.
declaration template quattor/core;

# a MAC address: six bytes of two hexadecimal digits, with : or - between them
type type_hwaddr = string with is_hwaddr(SELF);

type type_ipv4 = string with is_ipv4(SELF);
type type_ipv6 = string with is_ipv6(SELF);
type type_ip = string with is_ip(SELF);
type type_shorthostname = string with is_shorthostname(SELF);
type type_fqdn = string with is_fqdn(SELF);
type type_hostname = string with is_hostname(SELF);
type type_absoluteURI = string with is_absoluteURI(SELF);
type type_port = long(0..65535);

type structure_component_dependency = {
    'pre' ? string[] with is_component_list(SELF)
    'post' ? string[] with is_component_list(SELF)
};

# a version of three numbers, such as 1.2.3
type component_version = string with match(SELF, '^[0-9]+\.[0-9]+\.[0-9]+\z');

# a Perl package, such as NCM::Component::xen
type component_perl_module = string with match(SELF, '^[A-Za-z_]\w*(::[A-Za-z_]\w*)*\z');

type structure_component = extensible {
    # Whether the component does anything at all.
    'active' : boolean = true
    # Whether a change of the profile runs the component.
    'dispatch' : boolean = true
    # The version of the component that the profile was written for.
    'version' ? component_version
    # Further paths whose change runs the component.
    'register_change' ? element*[]
    # Components that run before or after this one.
    'dependencies' ? structure_component_dependency
    # The Perl module behind the component, where it is not named like the component.
    'ncm-module' ? component_perl_module
};
