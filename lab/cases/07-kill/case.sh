# shellcheck shell=bash disable=SC2154
# The command is killed at seeded moments of a first run; the next run reaches the same end, and
# existing data stays.
#   LAB_KILLS   how many moments; default: 8
#   LAB_SEED    their seed; default: from the clock
# About 480 s, at most 1500 s.
rounds=${LAB_KILLS:-8}
seed=${LAB_SEED:-$(date +%s)}
RANDOM=$((seed % 32768))
step "$rounds moments, LAB_SEED=$seed"
volume_group xenvg 256
lvcreate -q -y -L 32m -n other xenvg
lvcreate -q -y -L 32m -n g-kept xenvg
canary /dev/xenvg/other 0 32
canary /dev/xenvg/g-kept 4 24
other=$(sum_of /dev/xenvg/other 0 32)
kept=$(sum_of /dev/xenvg/g-kept 4 24)

# Waits without starting a process, because the moments are short.
exec {never}<> <(:)
breathe() { read -rt "$1" -u "$never" || :; }

# Everything that a run creates, as it must be after any number of killed runs.
as_declared() {
    same "running guests" g "$(domain_ids | cut -d' ' -f1 | xargs)"
    same "volumes" "g-kept: g-root:ncm-xen other:" \
        "$(lvs --noheadings --separator : -o lv_name,lv_tags xenvg | tr -d ' ' | sort | xargs)"
    same "in the volume" "ext4 root" "$(blkid -p -s TYPE -s LABEL -o value /dev/xenvg/g-root | sort | xargs)"
    same "images" "g.img 16777216 600" "$(find /srv/xen -mindepth 1 -printf '%f %s %m\n')"
    same "guest files" "auto/g g" "$(find /etc/xen -newer "$CASE_OUT/begin" \( -type f -o -type l \) -printf '%P\n' | sort | xargs)"
    same "the data of a volume beside it" "$other" "$(sum_of /dev/xenvg/other 0 32)"
    same "the data of a volume that was there before" "$kept" "$(sum_of /dev/xenvg/g-kept 4 24)"
}

# The host as it was before the first run.
take_back() {
    xl destroy g
    becomes "the domain" "" id_of g
    wait_until "its volume is free" 60 lvremove -q -y xenvg/g-root
    rm -f /srv/xen/g.img /etc/xen/g /etc/xen/auto/g "$(console g)"
    touch "$CASE_OUT/begin"
}

step "undisturbed"
touch "$CASE_OUT/begin"
sleep 1
ncm-xen configure --verbose --profile profile.json >"$CASE_OUT/undisturbed.lines" 2>&1 </dev/null
as_declared
guest_ready g
cp /etc/xen/g "$CASE_OUT/g"
mapfile -t all <"$CASE_OUT/undisturbed.lines"
take_back

killed=0
for ((round = 0; round < rounds; round++)); do
    # A line of each part of the run, and up to half a second after it.
    from=$((round * ${#all[@]} / rounds))
    to=$(((round + 1) * ${#all[@]} / rounds))
    line=$((from + RANDOM % (to > from ? to - from : 1)))
    delay=0.$(printf '%03d' $((RANDOM % 500 + 1)))
    step "killed $delay s after '${all[line]}'"
    lines=$CASE_OUT/killed.$round.lines
    : >"$lines"
    ncm-xen configure --verbose --profile profile.json >"$lines" 2>&1 </dev/null &
    pid=$!
    while mapfile -t now <"$lines" && ((${#now[@]} <= line)) && kill -0 $pid 2>/dev/null; do breathe 0.02; done
    breathe "$delay"
    kill -9 $pid 2>/dev/null || :
    code=0
    wait $pid || code=$?
    [ $code != 137 ] || killed=$((killed + 1))
    echo "ended with $code; its last line: $(tail -n 1 "$lines")"

    configure 0 profile.json
    as_declared
    same "the guest file" "" "$(diff "$CASE_OUT/g" /etc/xen/g)"
    # The others would show the same.
    ((round < rounds - 1)) || changes_nothing profile.json
    take_back
done
[ $((killed * 2)) -gt "$rounds" ] || fail "only $killed of $rounds runs were killed"
