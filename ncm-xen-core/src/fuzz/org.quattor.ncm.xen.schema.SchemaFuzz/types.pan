# The types of /software/components/xen: what a Xen host (dom0) shall be, guest by guest.
#
# This file is read by the Pan compiler and by ncm-xen. Both have to understand it, so it holds
# type declarations only: ranges, choices and patterns, no validation code. The type is bound to its
# path in components/xen/config, so that a site may bind one of its own. Patterns end in \z
# and not in $, which would let a line break through at the end of a value.

declaration template components/xen/schema;

include 'quattor/types/component';
include 'pan/types';

# text on one line, without control characters
type xen_text = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*\z');

# a name of ASCII letters, digits and _ . + -, beginning with a letter, a digit or _
type xen_name = string with match(SELF, '^[A-Za-z0-9_][A-Za-z0-9_.+-]*\z');

# a network interface's name: at most 15 letters, digits and _ . : @ + -
type xen_netdev = string with match(SELF, '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}\z');

# text on one line, without blanks, commas and quotes
type xen_word = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Z},''"]*\z');

# a device name: no blanks, commas and quotes, and no - at its beginning
type xen_device = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Z},''"-][^\p{Cc}\p{Cs}\p{Z},''"]*\z');

# a path in dom0, without control characters, commas and quotes
type xen_path = string with match(SELF, '^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp},''"]+\z');

# a UUID, such as 6b3a7a52-0d1e-4a57-9c2f-3f1f8a1c9d10
type xen_uuid = string with match(SELF, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z');

# a URL of http or https in printable ASCII, such as https://example.org/vmlinuz
type xen_url = string with match(SELF, '^https?://[!-~]+\z');

# a SHA-256 digest, as sha256sum(1) prints it: 64 hexadecimal digits
type xen_sha256 = string with match(SELF, '^[0-9a-fA-F]{64}\z');

# What is done when a guest ends: its domain is removed, started anew, left for inspection, or
# dumped first.
type xen_event_action = choice(
    'destroy',
    'restart',
    'preserve',
    'rename-restart',
    'coredump-destroy',
    'coredump-restart'
);

# What is done when a guest asks for a soft reset; the same, or the reset itself.
type xen_soft_reset_action = choice(
    'soft-reset',
    'destroy',
    'restart',
    'preserve',
    'rename-restart',
    'coredump-destroy',
    'coredump-restart'
);
