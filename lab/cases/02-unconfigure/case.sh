# shellcheck shell=bash disable=SC2154
# unconfigure removes files and links; domains and disks stay, and configure restores the bytes.
# About 140 s, at most 900 s.
volume_group xenvg 256
configure 0 profile.json
guest_ready db
canary /dev/xenvg/db 8 16
sum=$(sum_of /dev/xenvg/db 8 16)
cp -a /etc/xen "$CASE_OUT/configured"
domains=$(domain_ids)

ncm 0 unconfigure --profile profile.json
same "files and links that are left" "" \
    "$(find /etc/xen \( -name 'db*' -o -name 'files*' \) -printf '%P ')"
same "the domains" "$domains" "$(domain_ids)"
same "the volume" 1 "$(lvs --noheadings xenvg/db | wc -l)"
same "the image" 16777216 "$(stat -c %s /srv/xen/files.img)"
ncm 0 unconfigure --profile profile.json
has "$answer" 'nothing to withdraw'

configure 0 profile.json
diff -r "$CASE_OUT/configured" /etc/xen || fail "configure did not restore the same bytes"
same "the domains" "$domains" "$(domain_ids)"

ncm 0 unconfigure --stop-domains --profile profile.json
same "the domains after --stop-domains" "" "$(domain_ids)"
same "the data on the volume" "$sum" "$(sum_of /dev/xenvg/db 8 16)"

configure 0 profile.json
wait_until "db is up again" 240 grep -q '^DOMU-STARTS xvda 2' "$(console db)"
same "the data on the volume" "$sum" "$(sum_of /dev/xenvg/db 8 16)"
