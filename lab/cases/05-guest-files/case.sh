# shellcheck shell=bash disable=SC2154
# The real xl takes the guest files, and understands by them what the profile declares.
# At most 900 s.

# The part of a toolstack's configuration that a profile declares, in one form for all:
#   configuration DOCUMENT-OF-XL
configuration() {
    jq -S '(if type == "array" then .[0] else . end) | .config // . | {
        name: .c_info.name, type: .c_info.type, kernel: .b_info.kernel, cmdline: (.b_info.cmdline // ""),
        memory: (.b_info.target_memkb / 1024), vcpus: (.b_info.max_vcpus // 1),
        disks: [(.disks // [])[] | "\(.pdev_path) \(.vdev) \(if .readwrite == 1 then "w" else "r" end) \(.format)"],
        nics: [(.nics // [])[] | [.bridge // "", .ifname // "", .ip // ""]]}' "$1"
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
            ) \(.guestdevice) \(.rw) \(.image_format // "raw")"],
        nics: [$vifs[] | [capture("bridge=(?<v>[^,]*)").v // "xenbr0", (capture("vifname=(?<v>[^,]*)").v // ""),
            (capture("ip=(?<v>[^,]*)").v // "")]]}' "$1"
}

step "the files that the fixtures expect"
count=0
for file in /job/test-profiles/*/expected-host/etc/xen/*; do
    fixture=$(basename "${file%/expected-host/*}")
    name=$(basename "$file")
    # Files of other hands, and of the other dialect, are there as well.
    if [ ! -f "$file" ] || ! grep -q "^# A Xen guest, for 'xl create'" "$file" || [[ $name == *.old ]]; then
        continue
    fi
    xl -N create "$file" >"$CASE_OUT/$fixture.$name.json" 2>"$CASE_OUT/$fixture.$name.err" ||
        fail "xl refuses $fixture/$name: $(<"$CASE_OUT/$fixture.$name.err")"
    same "what xl says about $fixture/$name" "" "$(grep -v "^Parsing config from" "$CASE_OUT/$fixture.$name.err" || :)"
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
    step "$guest"
    xl create -p "/etc/xen/$guest" 2>&1 | tee "$CASE_OUT/$guest.xl"
    lacks "$CASE_OUT/$guest.xl" '[Ww]arning'
    xl list -l "$guest" >"$CASE_OUT/$guest.json"
    configuration "$CASE_OUT/$guest.json" >"$CASE_OUT/$guest.found"
    declaration hostile.json "$guest" >"$CASE_OUT/$guest.declared"
    diff "$CASE_OUT/$guest.declared" "$CASE_OUT/$guest.found" || fail "$guest is not as declared"
    xl destroy "$guest"
done
same "commands that a profile brought" "" "$(find / -xdev -name '*pwned*' -not -path '/srv/*' -not -path '/proc/*')"
