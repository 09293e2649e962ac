# shellcheck shell=bash
# Sourced by the runner: restores dom0 to its state before the first case.

pristine=/var/lib/lab-pristine

remember_host() {
    mkdir -p "$pristine"
    cp -a /etc/xen "$pristine/etc-xen"
}

# Succeeds if nothing of a case is left.
clean_host() {
    local id pid group link
    # A case that was ended may have left the command running.
    for pid in $(pidof java); do kill -9 "$pid"; done
    for _ in 1 2 3; do
        for id in $(timeout 30 xl list | awk 'NR > 1 && $2 > 0 {print $2}'); do
            timeout 60 xl destroy "$id"
        done
        # A domain that was about to reboot comes back while its monitor lives.
        for pid in $(pidof xl); do kill -9 "$pid"; done
        [ -n "$(timeout 30 xl list | awk 'NR > 1 && $2 > 0')" ] || break
        sleep 3
    done
    # The backends of destroyed domains release their disks a little later.
    udevadm settle -t 30
    grep -o ' /srv[^ ]*' /proc/mounts | sort -r | while read -r place; do umount "$place"; done
    for _ in 1 2 3 4 5; do
        for group in $(vgs --noheadings -o vg_name 2>/dev/null); do
            vgremove -q --force --force --yes "$group"
        done
        [ -n "$(vgs --noheadings -o vg_name 2>/dev/null)" ] || break
        sleep 2
    done
    losetup -D
    # Not only the signatures, because the metadata that pvremove leaves is unknown data.
    wipefs --all --force --quiet /dev/vdb
    blkdiscard --zeroout /dev/vdb
    for link in $(ip -o link show type vlan | awk -F'[:@ ]+' '{print $2}') \
        $(ip -o link show type bridge | awk -F'[:@ ]+' '{print $2}') \
        $(ip -o link show type dummy | awk -F'[:@ ]+' '{print $2}'); do
        ip link del "$link"
    done
    # Removing the first end of a pair removes the second.
    for link in $(ip -o link show type veth | awk -F'[:@ ]+' '{print $2}'); do
        ! ip link show dev "$link" >/dev/null 2>&1 || ip link del "$link"
    done
    rm -f /etc/systemd/system/ncm-xen-network.service \
        /etc/systemd/system/multi-user.target.wants/ncm-xen-network.service
    rm -rf /etc/xen /srv/* /var/log/xen/console/* /var/log/xen/xl-* /tmp/case.*
    cp -a "$pristine/etc-xen" /etc/xen

    [ "$(timeout 30 xl list | awk 'NR > 1 {print $2}')" = 0 ] || { echo "domains are left"; xl list; return 1; }
    [ -z "$(vgs --noheadings)" ] || { echo "volume groups are left"; return 1; }
    ! wipefs --no-act --parsable /dev/vdb | grep -qv '^#' || { echo "/dev/vdb is not blank"; return 1; }
}
