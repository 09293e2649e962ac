# shellcheck shell=bash disable=SC2154,SC2016
# The real xl accepts the guest files, and reads from them what the profile declares: those of
# the fixtures, guests with hostile text, and seeded ones.
#   LAB_GUESTS   how many seeded guests; default: 8
#   LAB_SEED     their seed; default: from the clock
# About 145 s, at most 900 s.

# The part of a toolstack's configuration that a profile declares, in a common form:
#   configuration DOCUMENT-OF-XL
configuration() {
    jq -S '(if type == "array" then .[0] else . end) | .config // . | {
        name: .c_info.name, type: .c_info.type, kernel: .b_info.kernel, cmdline: (.b_info.cmdline // ""),
        memory: (.b_info.target_memkb / 1024), vcpus: (.b_info.max_vcpus // 1),
        disks: [(.disks // [])[] | "\(.pdev_path) \(.vdev) \(if .readwrite == 1 then "w" else "r" end) \(.format)"],
        nics: [(.nics // [])[] | [.bridge // "", .ifname // "", .ip // ""]],
        # A missing value is 0, which is destroy.
        events: [.on_poweroff, .on_reboot, .on_crash | . // "destroy"]}' "$1"
}
# The same from the declaration: declaration PROFILE GUEST
declaration() {
    jq -S --arg guest "$2" '.software.components.xen.domains[$guest].options as $o | ($o.vif // []) as $vifs | {
        name: $o.name, type: ($o.type // "pv"), kernel: $o.kernel,
        cmdline: ($o.cmdline // ([if ($o.root // "") != "" then "root=" + $o.root else empty end,
            if ($o.extra // "") != "" then $o.extra else empty end] | join(" "))),
        memory: $o.memory, vcpus: ($o.maxvcpus // $o.vcpus // 1),
        disks: [($o.disk // [])[] | "\(
            if .type == "lvm" then "/dev/\(.hostdevice)/\(.hostvol)" elif .type == "file" then .path
            elif .hostdevice[0:1] == "/" then .hostdevice else "/dev/" + .hostdevice end
            ) \(.guestdevice) \(.rw[-1:] | if . == "o" then "r" else . end) \(.image_format // "raw")"],
        nics: [$vifs[] | [capture("bridge=(?<v>[^,]*)").v // "", (capture("vifname=(?<v>[^,]*)").v // ""),
            (capture("ip=(?<v>[^,]*)").v // "")]],
        events: [[$o.on_poweroff // "destroy", $o.on_reboot // "restart", $o.on_crash // "destroy"][]
            | if . == "rename-restart" then "restart_rename" else gsub("-"; "_") end]}' "$1"
}

# accepted PROFILE GUEST: xl creates it, and reports what the profile says.
accepted() {
    step "$2"
    xl create -p "/etc/xen/$2" 2>&1 | tee "$CASE_OUT/$2.xl"
    lacks "$CASE_OUT/$2.xl" '[Ww]arning'
    xl list -l "$2" >"$CASE_OUT/$2.json"
    configuration "$CASE_OUT/$2.json" >"$CASE_OUT/$2.found"
    declaration "$1" "$2" >"$CASE_OUT/$2.declared"
    diff "$CASE_OUT/$2.declared" "$CASE_OUT/$2.found" || fail "$2 is not as declared"
    xl destroy "$2"
}

step "the files that the fixtures expect"
count=0
for file in /job/test-profiles/*/expected-host/etc/xen/*; do
    fixture=$(basename "${file%/expected-host/*}")
    name=$(basename "$file")
    # Files not created by ncm-xen, and of the other dialect, exist as well.
    if [ ! -f "$file" ] || ! grep -q "^# A Xen guest, for 'xl create'" "$file" || [[ $name == *.old ]]; then
        continue
    fi
    xl -N create "$file" >"$CASE_OUT/$fixture.$name.json" 2>"$CASE_OUT/$fixture.$name.err" ||
        fail "xl refuses $fixture/$name: $(<"$CASE_OUT/$fixture.$name.err")"
    # Two lines of xl that are not an error.
    same "what xl says about $fixture/$name" "" \
        "$(grep -vE '^(Parsing config from|got a tsc mode string)' "$CASE_OUT/$fixture.$name.err" || :)"
    same "$fixture/$name" "$(declaration "/job/test-profiles/$fixture/profile.json" "$name" | jq -c '{name, memory, vcpus, disks}')" \
        "$(configuration "$CASE_OUT/$fixture.$name.json" | jq -c '{name, memory, vcpus, disks}')"
    count=$((count + 1))
done
[ "$count" -ge 4 ] || fail "only $count files of the fixtures were found"

step "hostile text in every place"
volume_group xen-vg.1 256
bridge br.0+a-1
bridge xenbr0
configure 0 hostile.json
for guest in a.b_c+d-1 _under 9a; do
    accepted hostile.json "$guest"
done
seed=${LAB_SEED:-$(date +%s)}
RANDOM=$((seed % 32768))
step "${LAB_GUESTS:-8} seeded guests, LAB_SEED=$seed"
pieces=(a Z 0 ' ' "'" '"' "\\" "\\n" '[' ']' '(' '{' '#' ';' '=' %s '$HOME' '`id`' '&' '|' '>' '*' '?' é 日本 "';x=1#" '","' '${x}')
text() {
    local words='' i
    for ((i = RANDOM % 12 + 1; i > 0; i--)); do words+=${pieces[RANDOM % ${#pieces[@]}]}; done
    printf '%s' "$words"
}
one() { shift $((RANDOM % $#)) && printf '%s' "$1"; }
jq '.software.components.xen.domains = {}' hostile.json >"$CASE_OUT/seeded.json"
for ((i = 1; i <= ${LAB_GUESTS:-8}; i++)); do
    jq --arg name "s$i" --arg extra "$(text)" --arg type "$(one pv pvh)" --arg crash "$(one destroy preserve rename-restart coredump-destroy)" \
        --arg reboot "$(one restart destroy preserve)" --arg image "/srv/xen/$(one i 'i j' 'i;j#' '$(i)' 'i*?[j]')$i.img" \
        --argjson memory $((RANDOM % 64 + 96)) --argjson vcpus $((RANDOM % 3 + 1)) --argjson more $((RANDOM % 2)) \
        --argjson vifs $((RANDOM % 2)) --argjson disks $((RANDOM % 2)) '.software.components.xen.domains[$name].options = {
            name: $name, memory: $memory, maxmem: ($memory + $more), vcpus: $vcpus, maxvcpus: ($vcpus + $more), type: $type,
            kernel: "/boot/vmlinux-domu", ramdisk: "/boot/initrd-domu.gz", extra: $extra, on_crash: $crash, on_reboot: $reboot,
            vif: [if $vifs == 1 then "bridge=xenbr0,ip=10.9.0.7" else empty end],
            disk: [if $disks == 1 then {type: "file", path: $image, guestdevice: "xvda", rw: "w", size: 1} else empty end]}' \
        "$CASE_OUT/seeded.json" >"$CASE_OUT/more.json"
    mv "$CASE_OUT/more.json" "$CASE_OUT/seeded.json"
done
configure 0 "$CASE_OUT/seeded.json"
for ((i = 1; i <= ${LAB_GUESTS:-8}; i++)); do accepted "$CASE_OUT/seeded.json" "s$i"; done

same "commands that a profile brought" "" "$(find / -xdev -name '*pwned*' -not -path '/srv/*' -not -path '/proc/*')"
