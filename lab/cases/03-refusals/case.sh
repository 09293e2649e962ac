# shellcheck shell=bash disable=SC2154
# A refusal leaves everything as it was, and other guests continue.
# About 130 s, at most 900 s.
step "a file system on the device that a volume group is to be made on"
mkfs.ext4 -q -F /dev/vdb 64M
sum=$(sum_of /dev/vdb 0 64)
configure 1 group.json
found XEN322
has "$answer" 'ext4 signature'
same "the device" "$sum" "$(sum_of /dev/vdb 0 64)"
same "volume groups" "" "$(vgs --noheadings)"
same "running guests" "" "$(domain_ids)"

step "a partition on it"
wipefs --all --quiet /dev/vdb
echo '2048,65536,L' | sfdisk --quiet /dev/vdb
udevadm settle
sum=$(sum_of /dev/vdb 0 64)
configure 1 group.json
found XEN322
same "the device" "$sum" "$(sum_of /dev/vdb 0 64)"
sfdisk --quiet --delete /dev/vdb
wipefs --all --quiet /dev/vdb

# The mistake of guest i cannot be detected beforehand: its kernel does not exist.
step "room for two of three volumes; a full file system; a group too small for its first volume"
volume_group xenvg 128
mkdir -p /srv/small
truncate -s 40M /srv/small-disk
mkfs.ext4 -q -F /srv/small-disk
mount -o loop /srv/small-disk /srv/small
truncate -s 200M /srv/newvg-disk
losetup /dev/loop7 /srv/newvg-disk
configure 1 small.json
found XEN324
found XEN313
same "running guests" "a c f" "$(domain_ids | cut -d' ' -f1 | xargs)"
same "volumes" "a c f" "$(lvs --noheadings -o lv_name | sort | xargs)"
same "what is in the full file system" "" "$(find /srv/small -type f)"
same "what did not work on the way" "failed i start domain i" \
    "$(jq -r '[.actions[] | select(.outcome != "done") | "\(.outcome) \(.subject) \(.summary)"] | join(", ")' "$answer")"
