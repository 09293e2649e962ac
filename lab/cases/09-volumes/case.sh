# shellcheck shell=bash disable=SC2154
# Volumes on real LVM: group, volumes and file systems in one run; growing, and what is never done;
# a group that fills up in the middle of a run.
# About 170 s, at most 900 s.

# volumes GROUP: name, size in MiB and tags of each.
volumes() {
    lvs --noheadings --units m --nosuffix --separator : -o lv_name,lv_size,lv_tags "$1" | tr -d ' ' | sort | xargs
}
# signature VOLUME: its content and its label.
signature() { { blkid -p -s TYPE -s LABEL -o value "/dev/xenvg/$1" || :; } | sort | xargs; }

step "group, volumes and file systems on a blank disk"
configure 0 profile.json
same "volumes, sizes rounded up to extents, no mark of incomplete ones" \
    "a-root:48.00:ncm-xen a-swap:16.00:ncm-xen b-data:320.00:ncm-xen c:12.00:ncm-xen g:32.00:ncm-xen" \
    "$(volumes xenvg)"
same "in a-root" "ext4 root" "$(signature a-root)"
same "in a-swap" "swap swap-a" "$(signature a-swap)"
same "in b-data" "data xfs" "$(signature b-data)"
same "in c" "" "$(signature c)"
for report in 'vgs -o vg_name,vg_extent_size,vg_free' 'lvs -o vg_name,lv_name,lv_size,lv_tags'; do
    # shellcheck disable=SC2086 # words of ours
    $report --noheadings --separator '|' --units b --nosuffix >"$CASE_OUT/${report%% *}-of-lvm"
done
lvm version >"$CASE_OUT/lvm-version"

step "data in all of them"
mkdir -p /srv/a-root /srv/b-data
for volume in a-root b-data; do
    mount /dev/xenvg/$volume /srv/$volume
    canary /srv/$volume/data 0 8
    umount /srv/$volume
done
canary /dev/xenvg/c 0 12
guest_ready g
canary /dev/xenvg/g 8 24
declare -A sum=([c]=$(sum_of /dev/xenvg/c 0 12) [g]=$(sum_of /dev/xenvg/g 8 24)
    [swap]=$(sum_of /dev/xenvg/a-swap 0 16))
for volume in a-root b-data; do
    mount -o ro /dev/xenvg/$volume /srv/$volume
    sum[$volume]=$(sha256sum </srv/$volume/data)
    umount /srv/$volume
done

step "grow two, one of a guest that runs; one declared smaller; one larger without grow"
edited profile.json grown '(.domains.a.options.disk[0] |= (.size = 64 | .grow = true))
    | (.domains.g.options.disk[0] |= (.size = 64 | .grow = true))
    | .domains.c.options.disk[0].size = 8
    | .domains.b.options.disk[0].size = 400'
configure 0 "$CASE_OUT/grown.json"
same "what was done" "done a extend-volume, done g extend-volume" \
    "$(jq -r '[.actions[] | select(.type | startswith("write") | not) | "\(.outcome) \(.subject) \(.type)"] | join(", ")' "$answer")"
found XEN325
found XEN326
same "volumes" \
    "a-root:64.00:ncm-xen a-swap:16.00:ncm-xen b-data:320.00:ncm-xen c:12.00:ncm-xen g:64.00:ncm-xen" \
    "$(volumes xenvg)"
says g 'DISK xvda sectors 131072 readonly 0'
same "starts of g" 1 "$(grep -c '^DOMU-READY' "$(console g)")"
changes_nothing "$CASE_OUT/grown.json"

step "the data"
same "c" "${sum[c]}" "$(sum_of /dev/xenvg/c 0 12)"
same "g" "${sum[g]}" "$(sum_of /dev/xenvg/g 8 24)"
same "a-swap" "${sum[swap]}" "$(sum_of /dev/xenvg/a-swap 0 16)"
for volume in a-root b-data; do
    mount -o ro /dev/xenvg/$volume /srv/$volume
    same "$volume" "${sum[$volume]}" "$(sha256sum </srv/$volume/data)"
    umount /srv/$volume
done

# Space that vgs reports as free and lvcreate cannot use: a second device without allocations.
step "a group that runs full in the middle of a run"
truncate -s 64M /srv/full-1 /srv/full-2
losetup /dev/loop6 /srv/full-1
losetup /dev/loop7 /srv/full-2
vgcreate -q fullvg /dev/loop6 /dev/loop7
pvchange -q --allocatable n /dev/loop7
vgs --units m fullvg
configure 1 full.json
same "running guests" "d f g" "$(domain_ids | cut -d' ' -f1 | xargs)"
same "volumes" "d:40.00:ncm-xen f:8.00:ncm-xen" "$(volumes fullvg)"
cause=$(jq -r '.actions[] | select(.type == "create-volume" and .subject == "e") | .cause' "$answer")
[[ $cause == *"lvcreate "*" exit status 5"*[Ii]nsufficient* ]] || fail "the cause is '$cause'"

step "with room again"
pvchange -q --allocatable y /dev/loop7
configure 0 full.json
same "running guests" "d e f g" "$(domain_ids | cut -d' ' -f1 | xargs)"
