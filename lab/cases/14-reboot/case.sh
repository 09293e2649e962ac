# shellcheck shell=bash disable=SC2154
# A host with systemd that really shuts down and boots again: our unit creates the bridge before
# xendomains starts the guests, their data is as it was, and the path unit runs the command when a
# new profile arrives. This file is the part before the reboot, rebooted.sh the part after it.
# About 250 s, at most 1500 s.
volume_group xenvg 128
# Stands in for a network card and its cable.
cat >/etc/systemd/system/lab-card.service <<'unit'
[Unit]
Before=network-pre.target
Wants=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip link add eth1 type veth peer name out1
ExecStart=ip link set out1 up
ExecStart=ip addr add 10.9.0.1/24 dev out1
[Install]
WantedBy=multi-user.target
unit
systemctl enable --now lab-card.service
# Guests are shut down and not saved, as a site configures it that needs correct clocks in guests.
sed -i 's/^XENDOMAINS_SAVE=.*/XENDOMAINS_SAVE=/' /etc/default/xendomains

mkdir -p /var/lib/ccm/profile.1
cp profile.json /var/lib/ccm/profile.1/profile
echo 1 >/var/lib/ccm/latest.cid
systemctl enable --now ncm-xen.path ncm-xen.timer
echo 1 >/var/lib/ccm/current.cid
wait_until "the service ran for the first profile" 240 running two
becomes "the service" inactive systemctl is-active ncm-xen.service
same "its result" success "$(systemctl show -P Result ncm-xen.service)"
for guest in one two; do guest_ready $guest; done
same "the unit of the bridges" "enabled" "$(systemctl is-enabled ncm-xen-network.service)"
same "links" "one two" "$(find /etc/xen/auto -type l -printf '%f\n' | sort | xargs)"
ping -c 1 -w 20 10.9.0.2
changes_nothing profile.json

step "the doctor, which finds no boot loader here"
ncm-xen doctor >"$CASE_OUT/doctor" 2>&1 || same "exit of doctor" 1 $?
cat "$CASE_OUT/doctor"
has "$CASE_OUT/doctor" '^ok +Xen: booted as dom0 on Xen 4\.17'
has "$CASE_OUT/doctor" '^ok +xendomains:'
lacks "$CASE_OUT/doctor" 'fault of ncm-xen|Exception'
canary /dev/xenvg/one 8 16
sum_of /dev/xenvg/one 8 16 >/srv/sum
