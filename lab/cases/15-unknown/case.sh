# shellcheck shell=bash disable=SC2154
# Unknown is not free: a toolstack that does not describe a domain, a domain that is being built, a
# guest that is saved or moving, a disk that is gone or in use. Nothing is started in these cases.
# About 250 s, at most 1200 s.
volume_group xenvg 128
lvcreate -q -y -L 32m -n images xenvg
mkfs.ext4 -q /dev/xenvg/images
mkdir -p /srv/images
mount /dev/xenvg/images /srv/images
configure 0 profile.json
for guest in one two; do guest_ready $guest; done
same "traces of domains" "2" "$(find /sys/bus/xen-backend/devices/ -name 'vbd-*' | wc -l)"
changes_nothing profile.json
stopped() {
    for guest in "$@"; do
        ! running "$guest" || xl shutdown "$guest"
        becomes "its domain" "" id_of "$guest"
    done
}

step "the toolstack does not describe a domain"
stopped one
# Debian's xl is a script that finds the one of the hypervisor.
real=$(echo /usr/lib/xen-*/bin/xl)
cat >/usr/local/sbin/xl.silent <<X
#!/bin/sh
[ "\$*" = "list -l" ] && exec echo '[ ]'
exec $real "\$@"
X
chmod 755 /usr/local/sbin/xl.silent
covered=$(readlink -f "$(command -v xl)")
mount --bind /usr/local/sbin/xl.silent "$covered"
configure 1 profile.json
umount "$covered"
found XEN302
same "running guests" "two" "$(domain_ids | cut -d' ' -f1 | xargs)"

step "a domain is being built: its bootloader still runs"
cat >/usr/local/sbin/slow-bootloader <<'X'
#!/bin/sh
sleep 60
exit 1
X
chmod 755 /usr/local/sbin/slow-bootloader
cat >/etc/xen/slow <<'X'
name = "slow"
memory = 64
type = "pv"
bootloader = "/usr/local/sbin/slow-bootloader"
disk = [ "format=raw,vdev=xvda,access=rw,target=/dev/xenvg/one" ]
X
xl create /etc/xen/slow >"$CASE_OUT/slow.log" 2>&1 &
wait_until "it is listed" 60 running slow
xl list | tee "$CASE_OUT/xl-list-building"
configure 1 profile.json
found XEN302
same "running guests" "slow two" "$(domain_ids | cut -d' ' -f1 | xargs)"
becomes "its domain" "" id_of slow

step "a guest under the name that a migration gives it"
configure 0 profile.json
guest_ready one
xl rename one one--incoming
configure 1 profile.json
same "running guests" "one--incoming two" "$(domain_ids | cut -d' ' -f1 | xargs)"
found XEN355
xl rename one--incoming one

step "a guest that xendomains has saved"
XENDOMAINS_SAVE=$(sed -n 's/^XENDOMAINS_SAVE=//p' /etc/default/xendomains)
echo "XENDOMAINS_SAVE of the distribution: $XENDOMAINS_SAVE"
mkdir -p /var/lib/xen/save
xl save one /var/lib/xen/save/one
becomes "its domain" "" id_of one
configure 1 profile.json
found XEN357
same "running guests" "two" "$(domain_ids | cut -d' ' -f1 | xargs)"
xl restore /var/lib/xen/save/one
rm /var/lib/xen/save/one
same "running guests" "one two" "$(domain_ids | cut -d' ' -f1 | xargs)"

step "less memory waits, and the guest lives"
edited profile.json less '.domains.one.options.memory = 96 | .on_change = "live"'
configure 0 "$CASE_OUT/less.json"
found XEN363
same "its memory" 128 "$(memory_of one)"

step "a disk that dom0 uses"
stopped one
mkfs.ext4 -q -F /dev/xenvg/one
mount /dev/xenvg/one /mnt
configure 1 profile.json
found XEN312
umount /mnt
same "running guests" "two" "$(domain_ids | cut -d' ' -f1 | xargs)"

step "a disk that the guest had"
stopped two
umount /srv/images
configure 1 profile.json
found XEN336
same "images below the mount point" "" "$(ls /srv/images)"
mount /dev/xenvg/images /srv/images
configure 0 profile.json
for guest in one two; do says $guest 'STARTS xvda [2-9]'; done
changes_nothing profile.json
