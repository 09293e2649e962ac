object template xen2.example.org;

variable HOST_ADDRESSES = list('192.0.2.12', '10.0.0.12');

include 'site/xen/host';
