# The guest keeps its own clock: NTP has to set it.

unique template xen/independent_wallclock;

include 'components/sysctl/config';

'/software/components/sysctl/variables/xen.independent_wallclock' = '1';
