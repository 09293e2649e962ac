# shellcheck shell=sh
# How Java is found and ncm-xen is started: read by the command in a checkout and by the installed
# one, so that both run with the same options. The caller has `me`, its name in messages.

readonly min_java=17

# The options of every start. A short-lived command does best with the quick compiler, the serial
# collector and a heap that most runs need not collect; it still grows to a quarter of the memory. It
# is to leave nothing in /tmp, where Java would note figures for others and complain on our standard
# output when it cannot.
ncm_xen_java_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms64m -XX:NewSize=32m -XX:-UsePerfData'

# The version of a java or javac, such as 17.0.15+6-Debian-1deb12u1: from the file `release` of its
# installation, which costs no start of a JVM, else from itself.
java_version() {
    java_home=$(readlink -f "$1")
    java_home=${java_home%/bin/*}
    found=
    # Java 8 of some systems has its runtime a folder deeper.
    for release in "$java_home/release" "${java_home%/jre}/release"; do
        [ -r "$release" ] || continue
        while IFS='=' read -r key value; do
            case $key in
            JAVA_RUNTIME_VERSION) found=$value ;;
            JAVA_VERSION) found=${found:-$value} ;;
            esac
        done <"$release"
    done
    found=${found#\"}
    found=${found%\"}
    case $found in
    '' | *[!0-9A-Za-z.+_-]*)
        "$1" -version 2>&1 | sed -n 's/^[a-z ]*"\{0,1\}\([0-9][0-9.]*\).*/\1/p' | head -n 1
        ;;
    *) printf '%s\n' "$found" ;;
    esac
}

# The major version; 0 when it cannot be told.
java_major() {
    major=$(java_version "$1")
    major=${major%%[!0-9]*}
    printf '%s\n' "${major:-0}"
}

# The program of a JDK by JAVA_HOME, else by PATH.
java_program() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/$1" ]; then
        printf '%s\n' "$JAVA_HOME/bin/$1"
    else
        command -v "$1"
    fi
}

# Whether the program (java, javac) is there and new enough.
has_java() {
    program=$(java_program "$1") && [ "$(java_major "$program")" -ge "$min_java" ]
}

# Sets `java` to the first java that is new enough: of JAVA_HOME, on PATH, or installed beside an
# older one that has PATH. Fails when there is none.
find_java() {
    for java in "${JAVA_HOME:-/nonexistent}/bin/java" "$(command -v java)" \
        /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/jre/bin/java \
        /usr/lib/jvm/*/bin/java; do
        [ -x "$java" ] && [ "$(java_major "$java")" -ge "$min_java" ] && return
    done
    return 1
}

# Prints the place of the class-data archive of an installed ncm-xen for the Java in `java`. Another
# Java has another place: with an archive that is not its own it would start slower than with none.
#   archive_of HOME
archive_of() {
    case $1 in
    /usr/share/ncm-xen) printf '/var/cache/ncm-xen/%s.jsa\n' "$(java_version "$java")" ;;
    *) printf '%s/archive/%s.jsa\n' "$1" "$(java_version "$java")" ;;
    esac
}

# Makes the class-data archive, which shortens the start to less than half.
#   make_archive JAR PROFILE ARCHIVE [HOST]
# Java takes an archive only with the very jars and JVM that it was made with; with others it is
# ignored, and costs time only. Without one everything works as well. What is in it is what these
# runs load; with local as the host, the state of this one is read too, as `plan` reads it.
make_archive() {
    archive_work=$3.$$
    mkdir "$archive_work" || return
    rehearse "$1" configure --profile "$2" --host "simulated:$archive_work/host"
    rehearse "$1" plan --profile "$2" --host "simulated:$archive_work/host"
    rehearse "$1" plan --json --profile "$2" --host "simulated:$archive_work/new"
    [ "${4:-}" != local ] || rehearse "$1" plan --profile "$2" --command-timeout 5
    rehearse "$1" check "$2"
    rehearse "$1" --help
    # shellcheck disable=SC2086 # several options
    "$java" $ncm_xen_java_options -Xshare:dump -XX:SharedClassListFile="$archive_work/classes" \
        -XX:SharedArchiveFile="$archive_work/archive" -jar "$1" >/dev/null 2>&1 </dev/null &&
        sync "$archive_work/archive" 2>/dev/null &&
        find "$archive_work/archive" -printf '%s\n' >"$3.size" &&
        mv -f "$archive_work/archive" "$3"
    archived=$?
    rm -rf "$archive_work"
    return "$archived"
}

# Whether an archive has the size that it was made with. A JVM dies of one that is cut off, whatever
# -Xshare:auto promises: it maps more than there is.
archive_is_whole() {
    archive_size=
    { read -r archive_size <"$1.size"; } 2>/dev/null
    [ -n "$archive_size" ] && [ -n "$(find "$1" -size "${archive_size}c" 2>/dev/null)" ]
}

# Whether there is an archive that is not whole, and it is gone now. Without one there is none to
# make anew, so that what cannot be made is tried once.
removed_broken_archive() {
    [ -e "$1" ] && ! archive_is_whole "$1" && rm -f "$1" 2>/dev/null
}

# Notes in $archive_work/classes what classes a run loads, whatever comes of it.
rehearse() {
    rehearsed=$1
    shift
    # shellcheck disable=SC2086 # several options
    "$java" $ncm_xen_java_options -Xshare:off -XX:DumpLoadedClassList="$archive_work/run" \
        -jar "$rehearsed" "$@" >/dev/null 2>&1 </dev/null
    # Java 17 breaks down over a line that is there twice.
    touch "$archive_work/classes"
    grep -vxF -f "$archive_work/classes" "$archive_work/run" >"$archive_work/more" 2>/dev/null
    cat "$archive_work/more" >>"$archive_work/classes"
    rm -f "$archive_work/run"
}

# Becomes the command.
#   start_ncm_xen JAR ARCHIVE [ARGUMENT...]
start_ncm_xen() {
    ncm_xen_jar=$1
    ncm_xen_archive=$2
    shift 2

    # A file that Java opens would get the number of a stream that is closed, and with it our lines.
    (: 9>&2) || exec 2>/dev/null
    (: 9>&1) 2>/dev/null || exec >/dev/null
    (: 9<&0) 2>/dev/null || exec </dev/null

    # A JVM does not start where there is no current directory any more.
    [ -d "${PWD:-/nonexistent}" ] || cd /

    # Java 17 itself cannot tell which of its streams are terminals.
    terminals=
    [ -t 1 ] && terminals=1
    [ -t 2 ] && terminals=$terminals,2

    # File names of the host are UTF-8 whatever the locale of the caller.
    LC_ALL=C.UTF-8
    export LC_ALL

    # With the name of a missing archive Java would not even take its own.
    archive_is_whole "$ncm_xen_archive" || ncm_xen_archive=

    # Of an archive of another build of Java it would warn on standard output.
    # shellcheck disable=SC2086 # several options
    exec "$java" $ncm_xen_java_options \
        -Xshare:auto ${ncm_xen_archive:+-XX:SharedArchiveFile="$ncm_xen_archive"} \
        -Xlog:disable -Xlog:all=error:stderr \
        -Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 \
        -Dncm-xen.terminals="$terminals" \
        -jar "$ncm_xen_jar" "$@"
}
