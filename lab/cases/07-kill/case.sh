# shellcheck shell=bash disable=SC2154
# The command is killed at several moments of a first run; the next run gets to the same end, and
# data that was there before stays.
# At most 1500 s.
volume_group xenvg 256
lvcreate -q -y -L 32m -n other xenvg
lvcreate -q -y -L 32m -n g-kept xenvg
canary /dev/xenvg/other 0 32
canary /dev/xenvg/g-kept 4 24
other=$(sum_of /dev/xenvg/other 0 32)
kept=$(sum_of /dev/xenvg/g-kept 4 24)

# Waits without starting a process for it: the moments are short.
breathe() { read -rt 0.02 <> <(:) || :; }

round=0
for moment in 'Executing command: lvcreate' 'create image /srv/xen/g.img' \
    'g: write /etc/xen/g: done' 'Executing command: setsid xl create' 'g: start domain g'; do
    round=$((round + 1))
    lines=$CASE_OUT/killed.$round.lines
    : >"$lines"
    step "killed at '$moment'"
    ncm-xen configure --verbose --profile profile.json >"$lines" 2>&1 </dev/null &
    pid=$!
    while [[ $(<"$lines") != *"$moment"* ]] && kill -0 $pid 2>/dev/null; do breathe; done
    kill -9 $pid || fail "it ended before it was to be killed"
    code=0
    wait $pid || code=$?
    same "its end" 137 "$code"
    tail -n 1 "$lines"

    configure 0 profile.json
    changes_nothing profile.json
    guest_ready g
    same "running guests" g "$(domain_ids | cut -d' ' -f1 | xargs)"
    same "volumes" "g-kept g-root other" "$(lvs --noheadings -o lv_name xenvg | xargs | tr ' ' '\n' | sort | xargs)"
    same "images" "g.img 16777216" "$(find /srv/xen -type f -printf '%f %s\n')"
    same "guest files" "auto/g g" "$(cd /etc/xen && find . -name '*g' \( -newer "$CASE/case.sh" \) -printf '%P\n' | grep -E '^(auto/)?g$' | sort | xargs)"
    same "what else lies there" "" "$(find /etc/xen /srv/xen -name '*tmp*' -o -name '.*ncm*')"
    same "the data of a volume beside it" "$other" "$(sum_of /dev/xenvg/other 0 32)"
    same "the data of a volume that was there before" "$kept" "$(sum_of /dev/xenvg/g-kept 4 24)"

    xl destroy g
    wait_until "g is gone" 60 eval '! running g'
    wait_until "its volume is free" 60 lvremove -q -y xenvg/g-root
    rm -f /srv/xen/g.img /etc/xen/g /etc/xen/auto/g "$(console g)"
done
