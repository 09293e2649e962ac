# shellcheck shell=sh
# Sourced by ncm-xen and run-tests: finds a JDK and Maven, and installs them if the user may do so.
# The caller sets `me`, its name in messages, and `top`, the checkout. All messages go to
# standard error.
: "${me:=ncm-xen}"
# shellcheck source=scripts/launch.sh disable=SC2154 # top is the caller's
. "$top/scripts/launch.sh"

say() {
    printf '%s: %s\n' "$me" "$*" >&2
}

has_build_tools() {
    has_java javac && has_java java && command -v mvn >/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_install() {
    [ -e /etc/debian_version ] && command -v apt-get >/dev/null &&
        { [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }
}

# Installs packages; the output of apt goes to the log.
#   install_packages LOG PACKAGE...
install_packages() {
    install_log=$1
    shift
    as_root apt-get -o DPkg::Lock::Timeout=300 update >>"$install_log" 2>&1 </dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y --no-install-recommends "$@" >>"$install_log" 2>&1 </dev/null
}

# Ensures that a JDK and Maven exist, or ends with 69 and prints what to install.
#   require_build_tools LOG
require_build_tools() {
    if has_build_tools; then
        return 0
    fi
    missing=
    has_java javac && has_java java || missing="a JDK ($min_java or later)"
    command -v mvn >/dev/null || missing="${missing:+$missing and }Maven (3.8.7 or later)"
    if may_install; then
        say "installing $missing with apt ..."
        # Debian 13 has no JDK 17; its default one is new enough.
        install_packages "$1" openjdk-17-jdk-headless maven ||
            install_packages "$1" default-jdk-headless maven || {
            say "apt could not install them; its last words (all in $1):"
            tail -n 5 "$1" >&2
            exit 69
        }
        if has_build_tools; then
            return 0
        fi
        say "apt has installed them, but they are not found; look at PATH and JAVA_HOME"
        exit 69
    fi
    if [ -e /etc/debian_version ]; then
        say "not found: $missing; install with: sudo apt-get install openjdk-17-jdk-headless maven"
    else
        say "not found: $missing; install it (on Enterprise Linux: dnf install java-17-openjdk-devel maven)"
    fi
    exit 69
}
