object template xen1.example.org;

variable HOST_ADDRESSES = list('192.0.2.11', '10.0.0.11');

include 'site/xen/host';
