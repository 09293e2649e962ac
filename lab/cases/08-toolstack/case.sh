# shellcheck shell=bash disable=SC2154
# Without a toolstack nothing is done; with one that hangs, nothing is started, and the next run
# recovers.
# About 40 s, at most 600 s.
before=$(find /etc/xen -printf '%P %s %T@\n' | sort)
code=0
unshare -m sh -c 'mount --bind /dev/null /usr/sbin/xl && exec ncm-xen configure --profile profile.json' \
    >"$CASE_OUT/no-xl" 2>&1 || code=$?
same "exit without xl" 69 "$code"
has "$CASE_OUT/no-xl" 'neither xl nor xm'
same "/etc/xen" "$before" "$(find /etc/xen -printf '%P %s %T@\n' | sort)"

step "a toolstack that hangs"
store=$(pidof oxenstored xenstored)
kill -STOP "$store"
# Whatever the result, the following cases need the daemon.
trap 'kill -CONT "$store"' EXIT
configure 1 profile.json --command-timeout 10
found XEN351
kill -CONT "$store"
trap - EXIT
same "running guests" "" "$(domain_ids)"
configure 0 profile.json
same "running guests" g "$(domain_ids | cut -d' ' -f1)"
