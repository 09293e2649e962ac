# The last guest has left the profile; its domain still runs.
object template xen6.example.org;

include 'components/xen/config';

'/system/network/hostname' = 'xen6';
'/system/network/domainname' = 'example.org';

'/software/components/spma' = dict('active', true, 'dispatch', true);

'/software/components/xen/create_filesystems' = true;
'/software/components/xen/create_domains' = true;
