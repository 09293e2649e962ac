# shellcheck shell=bash disable=SC2154
# The Perl component runs the command as ncm-ncd does: from a CCM cache, first as a dry run. The output
# of the command reaches ncm-ncd as lines, events and counters. ncm-ncd's classes are stand-ins.
# About 80 s, at most 600 s.
cache=/srv/ccm
mkdir -p $cache/profile.7 $cache/profile.8
cp profile.json $cache/profile.7/profile
jq 'del(.software.components.xen.domains.g.options.memory)' profile.json >$cache/profile.8/profile
echo 7 >$cache/current.cid
echo 8 >$cache/latest.cid

perl=/job/dispatch/perl
# once CID METHOD...: what ncm-ncd receives is in $heard.
once() {
    local cid=$1
    shift
    step "ncm-ncd, profile $cid: $*"
    runs=$((runs + 1))
    heard=$CASE_OUT/ncm-ncd.$runs
    perl -I$perl -I$perl/t/lib $perl/t/once.pl /usr/bin/ncm-xen $cache "$cid" "$@" >"$heard" 2>&1
    cat "$heard"
}

before=$(find /etc/xen -printf '%P %s %T@\n' | sort)
names=$(find /etc/xen -not -type d -printf '%P\n' | sort)
once 7 Configure noaction
has "$heard" '^0 errors, 0 warnings$'
same "/etc/xen" "$before" "$(find /etc/xen -printf '%P %s %T@\n' | sort)"
same "running guests" "" "$(domain_ids)"

once 7 Configure
has "$heard" '^0 errors, 0 warnings$'
has "$heard" '^event: /etc/xen/g$'
id=$(id_of g)
[ -n "$id" ] || fail "g does not run"

once 7 Configure
has "$heard" '^0 errors, 0 warnings$'
lacks "$heard" '^event:'
same "the domain" "$id" "$(id_of g)"

step "a profile that is not valid"
once 8 Configure
has "$heard" '^error: .*memory'
lacks "$heard" '^0 errors'
same "the domain" "$id" "$(id_of g)"

once 7 Unconfigure
has "$heard" '^0 errors, 0 warnings$'
same "files of /etc/xen" "$names" "$(find /etc/xen -not -type d -printf '%P\n' | sort)"
same "the domain" "$id" "$(id_of g)"
