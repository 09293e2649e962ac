# shellcheck shell=sh
# Finds Java and starts ncm-xen. Sourced by the command in a checkout and by the installed one, because
# both must run with the same options. The caller sets `me`, its name in messages.

readonly min_java=17

# The options of every start. The quick compiler, the serial collector and a heap that most runs need
# not collect are best for a short-lived command; the heap can still grow to a quarter of the memory. No
# performance data in /tmp: Java would write it there for other programs, and print a warning on our
# standard output if it cannot.
ncm_xen_java_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms64m -XX:NewSize=32m -XX:-UsePerfData'

# The version of a java or javac, such as 17.0.15+6-Debian-1deb12u1: from the file `release` of its
# installation, which starts no JVM, else from the program itself.
java_version() {
    java_home=$(readlink -f "$1")
    java_home=${java_home%/bin/*}
    found=
    # Java 8 of some systems has its runtime one directory deeper.
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

# The major version; 0 if it is unknown.
java_major() {
    major=$(java_version "$1")
    major=${major%%[!0-9]*}
    printf '%s\n' "${major:-0}"
}

# The program of a JDK from JAVA_HOME, else from PATH.
java_program() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/$1" ]; then
        printf '%s\n' "$JAVA_HOME/bin/$1"
    else
        command -v "$1"
    fi
}

# Whether the program (java, javac) exists and is new enough.
has_java() {
    program=$(java_program "$1") && [ "$(java_major "$program")" -ge "$min_java" ]
}

# Sets `java` to the first java that is new enough: of JAVA_HOME, on PATH, or installed beside an
# older one that has PATH. Fails if there is none.
find_java() {
    for java in "${JAVA_HOME:-/nonexistent}/bin/java" "$(command -v java)" \
        /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/jre/bin/java \
        /usr/lib/jvm/*/bin/java; do
        [ -x "$java" ] && [ "$(java_major "$java")" -ge "$min_java" ] && return
    done
    return 1
}

# Prints the path of the class-data archive of an installed ncm-xen for the Java in `java`. Each Java has
# its own path, because with the archive of another one it would start more slowly than without any.
#   archive_of HOME
archive_of() {
    case $1 in
    /usr/share/ncm-xen) printf '/var/cache/ncm-xen/%s.jsa\n' "$(java_version "$java")" ;;
    *) printf '%s/archive/%s.jsa\n' "$1" "$(java_version "$java")" ;;
    esac
}

# Creates the class-data archive, which more than halves the start-up time.
#   make_archive JAR PROFILE ARCHIVE [HOST]
# Java uses an archive only with the exact jars and JVM that it was created with; with others it
# ignores the archive, which only costs time. Everything works without one. It contains the classes that
# these runs load. With local as the host, they also read the state of this host, as `plan` does.
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

# Whether an archive has the size that it was created with. A truncated one crashes the JVM, in spite of
# -Xshare:auto, because the JVM maps more than the file contains.
archive_is_whole() {
    archive_size=
    { read -r archive_size <"$1.size"; } 2>/dev/null
    [ -n "$archive_size" ] && [ -n "$(find "$1" -size "${archive_size}c" 2>/dev/null)" ]
}

# Whether there was an incomplete archive, which is removed now. If there is no archive, there is none to
# create again; an archive that cannot be created is therefore tried only once.
removed_broken_archive() {
    [ -e "$1" ] && ! archive_is_whole "$1" && rm -f "$1" 2>/dev/null
}

# Records in $archive_work/classes the classes that a run loads, whatever its result.
rehearse() {
    rehearsed=$1
    shift
    # shellcheck disable=SC2086 # several options
    "$java" $ncm_xen_java_options -Xshare:off -XX:DumpLoadedClassList="$archive_work/run" \
        -jar "$rehearsed" "$@" >/dev/null 2>&1 </dev/null
    # Java 17 fails on a duplicate line.
    touch "$archive_work/classes"
    grep -vxF -f "$archive_work/classes" "$archive_work/run" >"$archive_work/more" 2>/dev/null
    cat "$archive_work/more" >>"$archive_work/classes"
    rm -f "$archive_work/run"
}

# Replaces the shell by the command.
#   start_ncm_xen JAR ARCHIVE [ARGUMENT...]
start_ncm_xen() {
    ncm_xen_jar=$1
    ncm_xen_archive=$2
    shift 2

    # A file that Java opens would get the number of a closed stream, and then our lines.
    (: 9>&2) || exec 2>/dev/null
    (: 9>&1) 2>/dev/null || exec >/dev/null
    (: 9<&0) 2>/dev/null || exec </dev/null

    # A JVM does not start if its current directory no longer exists.
    [ -d "${PWD:-/nonexistent}" ] || cd /

    # Java 17 itself cannot find out which of its streams are terminals.
    terminals=
    [ -t 1 ] && terminals=1
    [ -t 2 ] && terminals=$terminals,2

    # File names of the host are UTF-8, whatever the locale of the caller.
    LC_ALL=C.UTF-8
    export LC_ALL

    # With the name of a missing archive Java would not even use its own.
    archive_is_whole "$ncm_xen_archive" || ncm_xen_archive=

    # Java would print a warning about the archive of another build on standard output.
    # shellcheck disable=SC2086 # several options
    exec "$java" $ncm_xen_java_options \
        -Xshare:auto ${ncm_xen_archive:+-XX:SharedArchiveFile="$ncm_xen_archive"} \
        -Xlog:disable -Xlog:all=error:stderr \
        -Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 \
        -Dncm-xen.terminals="$terminals" \
        -jar "$ncm_xen_jar" "$@"
}
