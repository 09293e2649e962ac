# shellcheck shell=bash disable=SC2154
# Bridges and a tagged VLAN of a real kernel: created, reached by a guest, changed and removed.
# About 75 s, at most 900 s.
script=/etc/xen/scripts/ncm-xen-network
ip link add eth1 type veth peer name out1
ip link add eth2 type veth peer name out2
for link in eth1 out1 eth2 out2; do ip link set "$link" up; done
# The outside of the VLAN: frames that come out of eth2 with the tag 20.
ip link add link out2 name out2.20 type vlan id 20
ip addr add 10.9.20.1/24 dev out2.20
ip link set out2.20 up

configure 0 profile.json
has "$script" "one 'dmz' 'eth2' '20'"
same "the alias of the bridge" "ncm-xen eth2.20" "$(cat /sys/class/net/dmz/ifalias)"
same "the VLAN" 20 "$(awk -F'[| ]+' '$1 == "eth2.20" {print $2}' /proc/net/vlan/config)"
same "what the script says" 0 "$("$script" status >/dev/null && echo 0 || echo $?)"
changes_nothing profile.json
guest_ready web
sees web 'PING 10.9.20.1 answers'

configure 0 other.json
same "the VLAN after the change" 30 "$(awk -F'[| ]+' '$1 == "eth2.30" {print $2}' /proc/net/vlan/config)"
same "the VLAN before it" "" "$(ip -o link show dev eth2.20 2>/dev/null || :)"
changes_nothing other.json

ncm 0 unconfigure --stop-domains --profile other.json
wait_until "the bridges are gone" 60 sh -c '! ip link show dev dmz'
same "what is left of VLANs" "out2.20" "$(ip -o link show type vlan | awk -F'[:@ ]+' '{print $2}' | xargs)"
ip link del out1
ip link del out2
