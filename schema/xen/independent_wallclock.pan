# The guest keeps its own clock, which NTP has to set.

unique template xen/independent_wallclock;

include 'components/sysctl/config';

'/software/components/sysctl/variables/xen.independent_wallclock' = '1';
