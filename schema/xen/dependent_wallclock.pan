# The guest uses the host's clock. NTP in the guest would conflict with it.

unique template xen/dependent_wallclock;

include 'components/chkconfig/config';

'/software/components/chkconfig/service/ntpd/off' = '';
'/software/components/chkconfig/service/ntpd/startstop' = true;

'/software/components/ntpd' = {
    if (is_defined(SELF)) {
        SELF['active'] = false;
        SELF['dispatch'] = false;
    };
    SELF;
};
