# Binds the component's type to its path, and names the package that contains the component. A site
# that extends the type binds its own instead; see docs/site-schema.md.

unique template components/xen/config;

include 'components/xen/schema';

bind '/software/components/xen' = component_xen_type;

# Without an entry under this name ncm-cdispd ignores every change of the component. A site
# that wants a particular version sets it with pkg_repl.
'/software/packages/{ncm-xen}' ?= dict();

'/software/components/xen/dependencies/pre' ?= list('spma');
