# A guest of the example; its own template sets its hardware and its addresses.

unique template site/xen/guest;

include 'site/node';
include 'site/xen/db';

'/hardware' = create('site/hardware/' + FULL_HOSTNAME);

include 'xen/guest/config';
