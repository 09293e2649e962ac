# shellcheck shell=bash disable=SC2154
# An empty host becomes a host with three guests, and a second run has nothing to do.
# About 85 s, at most 900 s.
bridge xenbr0
bridge xenbr1
ip addr add 10.9.0.1/24 dev xenbr0

configure 0 profile.json
same "actions that were not done" 0 "$(jq '[.actions[] | select(.outcome != "done")] | length' "$answer")"
same "the volume group" xenvg "$(vgs --noheadings -o vg_name | tr -d ' ')"
same "the volumes" "app:67108864 db-data:33554432 db-root:100663296" \
    "$(lvs --noheadings --units b --nosuffix --separator : -o lv_name,lv_size xenvg | sort | xargs)"
same "the volumes of ncm-xen" 3 "$(lvs --noheadings @ncm-xen | wc -l)"
same "the image" "50331648 600" "$(stat -c '%s %a' /srv/xen/files.img)"
same "the links" "db files" "$(find /etc/xen/auto -type l -printf '%f\n' | sort | xargs)"
same "the running guests" "app db files" "$(domain_ids | cut -d' ' -f1 | xargs)"

for guest in db files app; do guest_ready $guest; done
sees db 'CPUS 2'
sees db 'DISK xvda sectors 196608 readonly 0'
sees db 'DISK xvdb sectors 65536 readonly 1'
sees db 'NET eth0 00:16:3e:0a:00:01'
sees db 'NET eth1 00:16:3e:0a:00:02'
sees db 'CMDLINE root=/dev/xvda ro console=hvc0 quiet lab.ip=eth0,10.9.0.2/24'
sees files 'CPUS 1'
sees files 'DISK xvda sectors 98304 readonly 0'
sees files 'NET eth0 00:16:3e:0a:00:03'
sees files 'PING 10.9.0.2 answers'
sees app 'DISK xvda sectors 131072 readonly 0'
sees app 'NET eth0 00:16:3e:0a:00:04'
same "type of app" pvh "$(field app .c_info.type)"
for memory in db:160 files:128 app:144; do
    same "memory of ${memory%:*}" "${memory#*:}" \
        "$(xl list | awk -v name="${memory%:*}" '$1 == name {print $3}')"
    at_most "what ${memory%:*} sees of it, in KiB" $((${memory#*:} * 1024)) \
        "$(sed -n 's/^DOMU-MEMORY-KIB \([0-9]*\).*/\1/p' "$(console "${memory%:*}")")"
done
step "ping from dom0"
ping -c 1 -w 20 10.9.0.2

before=$(domain_ids)
changes_nothing profile.json
same "the domains after one more run" "$before" "$(domain_ids)"
