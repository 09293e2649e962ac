# Binds the component's type to its path. A site that extends the type binds its own instead; see
# docs/site-schema.md.

unique template components/xen/config;

include 'components/xen/schema';

bind '/software/components/xen' = component_xen_type;
