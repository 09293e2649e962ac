# shellcheck shell=bash disable=SC2154
# A rebooting guest is missing from the list for seconds. configure, in a loop beside it, never starts
# a second one of it. A guest that ended, by itself or in a crash, is started again, once.
# About 340 s, at most 1200 s.
volume_group xenvg 128
lvcreate -q -y -L 64m -n g xenvg
canary /dev/xenvg/g 8 32
sum=$(sum_of /dev/xenvg/g 8 32)
configure 0 profile.json
guest_ready g

now() { cut -d. -f1 /proc/uptime; }
stop=$CASE_OUT/stop
(
    trap - ERR
    while [ ! -e "$stop" ]; do
        xl list | awk '$1 == "g"' | wc -l
        sleep 0.2
    done >"$CASE_OUT/how-many"
) &
watcher=$!
# The guest reboots in turn by itself and at the request of the toolstack.
(
    trap - ERR
    set +e
    reboots=0
    while [ ! -e "$stop" ]; do
        if [ "$(starts g)" -gt "$reboots" ]; then
            if [ $((reboots % 2)) = 0 ]; then tell g reboot; else xl reboot g; fi &&
                reboots=$((reboots + 1))
        fi
        sleep 1
    done
    echo "$reboots" >"$CASE_OUT/reboots"
) &
rebooter=$!

begin=$(now)
runs_in_loop=0
while [ $(($(now) - begin)) -lt 60 ] || [ "$(starts g)" -lt 4 ] || [ $runs_in_loop -lt 5 ]; do
    [ $(($(now) - begin)) -lt 400 ] || break
    configure 0 profile.json
    runs_in_loop=$((runs_in_loop + 1))
done
touch "$stop"
wait $watcher $rebooter
reboots=$(<"$CASE_OUT/reboots")
step "$runs_in_loop runs, $reboots reboots, $(wc -l <"$CASE_OUT/how-many") looks in $(($(now) - begin)) s"
becomes "times that the guest came up" $((reboots + 1)) starts g
at_most "domains named g at any time" 1 "$(sort -n "$CASE_OUT/how-many" | tail -n 1)"
count=$((reboots + 1))
same "starts that the disk counted" $count \
    "$(sed -n 's/^DOMU-STARTS xvda \([0-9]*\).*/\1/p' "$(console g)" | tail -n 1)"
same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/g 8 32)"
[ "$reboots" -ge 3 ] || fail "only $reboots reboots in the time"
changes_nothing profile.json

for end in poweroff crash; do
    tell g $end
    becomes "its domain" "" id_of g
    configure 0 profile.json
    same "what was done" "done g start-domain" "$(outcomes)"
    count=$((count + 1))
    becomes "times that the guest came up" $count starts g
    says g "STARTS xvda $count"
    same "domains" 1 "$(domain_ids | wc -l)"
    same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/g 8 32)"
done

step "a crashed domain that is kept for inspection is left alone, and said"
edited profile.json kept '.domains.g.options.on_crash = "preserve" | .on_change = "restart"'
configure 0 "$CASE_OUT/kept.json"
becomes "times that the guest came up" $((count + 1)) starts g
id=$(id_of g)
tell g crash
becomes "its state" c eval "xl list | awk '\$1 == \"g\" {print substr(\$5, 5, 1)}'"
configure 0 "$CASE_OUT/kept.json"
found XEN352
same "what was done" "" "$(outcomes)"
same "the domain" "$id" "$(id_of g)"
same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/g 8 32)"
