# shellcheck shell=bash
# Sourced by the commands of the lab: their paths, and the programs that they need.
# The caller sets `me`, its name in messages. All messages go to standard error.
: "${me:=lab}"

lab_top=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# Where images, runs and reports go.
# shellcheck disable=SC2034 # by those that read this
lab_work=${NCM_XEN_LAB:-$(dirname "$lab_top")/build/lab}

say() {
    printf '%s: %s\n' "$me" "$*" >&2
}

# Ends with 69 unless every program exists.
#   need PROGRAM:PACKAGE...
need() {
    local pair missing=()
    for pair; do
        PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    if ((${#missing[@]})); then
        say "programs are missing; install them with: apt-get install ${missing[*]}"
        exit 69
    fi
}

need_qemu() {
    need qemu-system-x86_64:qemu-system-x86 timeout:coreutils tar:tar truncate:coreutils
}
