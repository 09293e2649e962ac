# shellcheck shell=bash disable=SC2154,SC2016
# A rebooting guest is absent from the list for seconds. configure, in a loop beside it, never makes
# a second one of it.
# At most 1200 s.
volume_group xenvg 128
lvcreate -q -y -L 64m -n g xenvg
canary /dev/xenvg/g 8 32
sum=$(sum_of /dev/xenvg/g 8 32)
configure 0 profile.json
guest_ready g

starts() { grep -c '^DOMU-READY' "$(console g)"; }
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
(
    trap - ERR
    reboots=0
    while [ ! -e "$stop" ]; do
        if [ "$(starts)" -gt "$reboots" ] && xl reboot g; then reboots=$((reboots + 1)); fi
        sleep 1
    done
    echo "$reboots" >"$CASE_OUT/reboots"
) &
rebooter=$!

begin=$(now)
runs_in_loop=0
while [ $(($(now) - begin)) -lt 60 ] || [ "$(starts)" -lt 4 ] || [ $runs_in_loop -lt 5 ]; do
    [ $(($(now) - begin)) -lt 400 ] || break
    configure 0 profile.json
    runs_in_loop=$((runs_in_loop + 1))
done
touch "$stop"
wait $watcher $rebooter
reboots=$(<"$CASE_OUT/reboots")
step "$runs_in_loop runs, $reboots reboots, $(wc -l <"$CASE_OUT/how-many") looks in $(($(now) - begin)) s"
wait_until "the last reboot is over" 240 eval '[ "$(starts)" -gt "$reboots" ]'
at_most "domains named g at any time" 1 "$(sort -n "$CASE_OUT/how-many" | tail -n 1)"
same "starts that the disk counted" $((reboots + 1)) \
    "$(sed -n 's/^DOMU-STARTS xvda \([0-9]*\).*/\1/p' "$(console g)" | tail -n 1)"
same "times that the guest came up" $((reboots + 1)) "$(starts)"
same "the data on its disk" "$sum" "$(sum_of /dev/xenvg/g 8 32)"
[ "$reboots" -ge 2 ] || fail "only $reboots reboots in the time"
changes_nothing profile.json
