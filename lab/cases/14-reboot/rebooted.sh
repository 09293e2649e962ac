# shellcheck shell=bash disable=SC2154
# After the reboot: ncm-xen has not run yet.
same "runs since the boot" "" "$(systemctl show -P ExecMainStartTimestamp ncm-xen.service)"
same "the bridges' unit" active "$(systemctl is-active ncm-xen-network.service)"
started() { systemctl show -P ActiveEnterTimestampMonotonic "$1"; }
at_most "bridges before guests" "$(started xendomains.service)" "$(started ncm-xen-network.service)"
same "members of the bridge" "eth1" "$(find /sys/class/net/xenbr0/brif/ -name 'eth*' -printf '%f\n')"
same "running guests" "one two" "$(domain_ids | cut -d' ' -f1 | xargs)"
for guest in one two; do says $guest 'STARTS xvda 2'; done
ping -c 1 -w 20 10.9.0.2
same "the data on a disk" "$(</srv/sum)" "$(sum_of /dev/xenvg/one 8 16)"
changes_nothing profile.json

step "a new profile"
ids=$(domain_ids)
mkdir -p /var/lib/ccm/profile.2
jq '.software.components.xen.domains.off.state = "running"' profile.json >/var/lib/ccm/profile.2/profile
echo 2 >/var/lib/ccm/latest.cid
echo 2 >/var/lib/ccm/current.cid
guest_ready off
same "the guests that ran before" "$ids" "$(domain_ids | grep -v '^off ')"
becomes "the service" inactive systemctl is-active ncm-xen.service
same "its result" success "$(systemctl show -P Result ncm-xen.service)"
