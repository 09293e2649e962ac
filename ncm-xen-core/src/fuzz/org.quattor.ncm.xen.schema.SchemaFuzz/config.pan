# Binds the component's type to its path, and names the package that brings the component. A site
# that extends the type binds its own instead; see docs/site-schema.md.

unique template components/xen/config;

include 'components/xen/schema';

bind '/software/components/xen' = component_xen_type;

# Without an entry under this name ncm-cdispd takes every change of the component for none. A site
# that wants one version of it sets that with pkg_repl.
'/software/packages/{ncm-xen}' ?= dict();

'/software/components/xen/dependencies/pre' ?= list('spma');
