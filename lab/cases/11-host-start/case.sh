# shellcheck shell=bash disable=SC2154
# The host shuts down and boots: xendomains stops the guests, the bridges are removed and created,
# xendomains starts what /etc/xen/auto names, and configure has nothing to do.
# About 120 s, at most 900 s.
volume_group xenvg 128
network() {
    bridge xenbr0
    ip addr add 10.9.0.1/24 dev xenbr0
}
network
configure 0 profile.json
for guest in one two; do guest_ready $guest; done
canary /dev/xenvg/one 8 16
sum=$(sum_of /dev/xenvg/one 8 16)
same "links" "one two" "$(find /etc/xen/auto -type l -printf '%f\n' | sort | xargs)"

step "the host goes down"
# Guests are shut down and not saved, as a site configures it that needs correct clocks in guests.
sed -i 's/^XENDOMAINS_SAVE=.*/XENDOMAINS_SAVE=/' /etc/default/xendomains
/etc/init.d/xendomains stop
becomes "running guests" "" domain_ids
ip link del xenbr0

step "and comes up"
network
/etc/init.d/xendomains start
same "running guests" "one two" "$(domain_ids | cut -d' ' -f1 | xargs)"
for guest in one two; do says $guest 'STARTS xvda 2'; done
becomes "pings that were answered" 2 grep -c '^DOMU-PING 10.9.0.2 answers' "$(console two)"
ping -c 1 -w 20 10.9.0.2
changes_nothing profile.json
same "the data on a disk" "$sum" "$(sum_of /dev/xenvg/one 8 16)"
