# shellcheck shell=bash disable=SC2154
# A guest leaves the profile, moves to another host, gets another name: what ncm-xen created for it
# is removed, its domain keeps running, its disk stays, and it is never started here again.
# About 190 s, at most 900 s.
volume_group xenvg 128
configure 0 profile.json
for guest in stays moves; do guest_ready $guest; done
canary /dev/xenvg/moves 8 16
sum=$(sum_of /dev/xenvg/moves 8 16)
before=$(domain_ids)
echo 'name = "other"' >/etc/xen/other
guest_files() { find /etc/xen -maxdepth 2 \( -name 'stays*' -o -name 'moves*' -o -name 'came*' -o -name other \) -printf '%P\n' | sort | xargs; }

step "it leaves the profile"
edited profile.json gone 'del(.domains.moves)'
configure 0 "$CASE_OUT/gone.json"
same "files and links" "auto/stays other stays" "$(guest_files)"
same "the domains" "$before" "$(domain_ids)"
found XEN361
found XEN319
ncm 0 status --profile "$CASE_OUT/gone.json"
has "$answer" '^moves .*'
changes_nothing "$CASE_OUT/gone.json"

step "it belongs to another host"
edited profile.json map '.guest_map.moves = {active: true, dispatch: true, guest_mac: "00:16:3e:0a:00:31", hypervisor_name: "dom1.example.org"}
    | del(.domains.moves.auto)'
xl shutdown moves
becomes "its domain" "" id_of moves
configure 0 "$CASE_OUT/map.json"
found XEN117
same "running guests" "stays" "$(domain_ids | cut -d' ' -f1)"
edited "$CASE_OUT/map.json" here '.guest_map.moves.hypervisor_name = "dom0"'
configure 0 "$CASE_OUT/here.json"
says moves 'STARTS xvda 2'

step "it gets another name: not as long as its disk is that of the domain that runs"
edited profile.json renamed '.domains.came = .domains.moves | .domains.came.options.name = "came" | del(.domains.moves)'
configure 1 "$CASE_OUT/renamed.json"
found XEN315
xl shutdown moves
becomes "its domain" "" id_of moves
configure 0 "$CASE_OUT/renamed.json"
says came 'STARTS xvda 3'
same "files and links" "auto/came auto/stays came other stays" "$(guest_files)"
same "running guests" "came stays" "$(domain_ids | cut -d' ' -f1 | xargs)"
changes_nothing "$CASE_OUT/renamed.json"
same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/moves 8 16)"
