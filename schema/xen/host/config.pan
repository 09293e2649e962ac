# A Xen host and its guests. The guests are those of XEN_GUESTS, each described by the hardware in its
# own profile; xen/variables lists its variables, docs/derive.md describes the result.

unique template xen/host/config;

include 'components/xen/config';
include 'xen/variables';
include 'xen/functions';

prefix '/software/components/xen';

'create_filesystems' = XEN_CREATE_FILESYSTEMS;
'create_domains' = XEN_CREATE_DOMAINS;

include 'xen/auto_network';
include 'xen/configure_guests';

# The packages of the host's system; the site's template for it sets XEN_VERSION and
# XEN_LINUX_VERSION if its boot loader is GRUB legacy.
variable XEN_HOST_PACKAGES ?= null;
include { XEN_HOST_PACKAGES };

variable XEN_GRUB_TEMPLATE ?= if (is_defined(XEN_LINUX_VERSION)) 'xen/grub' else null;
include { XEN_GRUB_TEMPLATE };
