# shellcheck shell=bash disable=SC2154
# Changes of a running guest: at once, at its own next reboot, by a restart; what waits is reported
# and not applied again.
# About 250 s, at most 900 s.
bridge xenbr0
bridge xenbr1
# With one CPU only, every guest runs on it.
cpu=$(($(nproc) - 1))
cpus_on() { xl vcpu-list g | awk 'NR > 1 && $4 != "-"' | wc -l; }
configure 0 profile.json
guest_ready g
canary /dev/xenvg/g 8 16
sum=$(sum_of /dev/xenvg/g 8 16)
before=$(domain_ids)

step "reported when nothing else is asked for"
edited profile.json live '.domains.g.options |= (.memory = 160 | .vcpus = 2 | .cpu_weight = 512 | .cpus = "'"$cpu"'"
    | .vif += ["mac=00:16:3e:0a:00:12,bridge=xenbr1"]
    | .disk += [.disk[0] + {guestdevice: "xvdb", hostvol: "g-more", size: 16}])'
edited "$CASE_OUT/live.json" reported '.on_change = "report"'
ncm 0 plan --profile "$CASE_OUT/reported.json"
has "$answer" 'memory 128 MiB to 160 MiB \(live\)'

step "at once"
configure 0 "$CASE_OUT/live.json"
same "what was done" \
    "attach-disk attach-vif pin set-memory set-vcpus set-weight" \
    "$(jq -r '[.actions[] | select(.impact == "live" and .outcome == "done") | .type] | sort | join(" ")' "$answer")"
says g 'CPUS 2'
says g 'DISK xvdb sectors 32768 readonly 0'
says g 'NET eth1 00:16:3e:0a:00:12'
becomes "its memory" 160 memory_of g
same "its weight" 512 "$(xl sched-credit2 -d g | awk '$1 == "g" {print $3}')"
[ "$cpu" = 0 ] || same "where it may run" "$cpu $cpu" "$(xl vcpu-list g | awk 'NR > 1 {print $(NF - 2)}' | xargs)"
same "the new interface's bridge" xenbr1 "$(field g '.nics[1].bridge')"
same "the domain" "$before" "$(domain_ids)"
changes_nothing "$CASE_OUT/live.json"
same "findings of one more run" 0 "$(jq '.findings | length' "$answer")"

step "and back: fewer CPUs now, less memory with the next reboot"
edited "$CASE_OUT/live.json" back '.domains.g.options |= (.memory = 128 | .vcpus = 1)'
configure 0 "$CASE_OUT/back.json"
found XEN363
becomes "CPUs that are on" 1 cpus_on
same "its memory" 160 "$(memory_of g)"
changes_nothing "$CASE_OUT/back.json"

step "with its next reboot"
edited "$CASE_OUT/back.json" later '.on_change = "next-reboot"
    | .domains.g.options |= (.extra += " lab.word=later" | .maxmem = 224)'
configure 0 "$CASE_OUT/later.json"
same "what was done" "done g update-configuration, done g write-file" \
    "$(jq -r '[.actions[] | "\(.outcome) \(.subject) \(.type)"] | sort | join(", ")' "$answer")"
configure 0 "$CASE_OUT/later.json"
same "what is brought again" "" "$(outcomes)"
found XEN364
ncm 0 status --profile "$CASE_OUT/later.json"
has "$answer" '^g .*pending'
same "the domain" "$before" "$(domain_ids)"
lacks "$(console g)" 'lab.word=later'
tell g reboot
says g 'CMDLINE console=hvc0 quiet lab.word=later'
becomes "times that it came up" 2 starts g
becomes "its memory" 128 memory_of g
same "the most memory that it may have, in MiB" 224 "$(($(field g .b_info.max_memkb) / 1024))"
changes_nothing "$CASE_OUT/later.json"
same "findings of one more run" 0 "$(jq '.findings | length' "$answer")"

step "reported, then by a restart"
edited "$CASE_OUT/later.json" restart '.on_change = "report" | .domains.g.options.extra = "console=hvc0 quiet lab.word=restarted"'
before=$(domain_ids)
configure 0 "$CASE_OUT/restart.json"
found XEN363
same "the domain" "$before" "$(domain_ids)"
edited "$CASE_OUT/restart.json" restarted '.on_change = "restart"'
configure 0 "$CASE_OUT/restarted.json"
same "what was done" "done g restart-domain" "$(outcomes)"
says g 'CMDLINE console=hvc0 quiet lab.word=restarted'
says g 'STARTS xvda 3'
same "domains" 1 "$(domain_ids | wc -l)"
changes_nothing "$CASE_OUT/restarted.json"
same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/g 8 16)"
