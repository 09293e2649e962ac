"""The short form: counts, which are the same on a slow or busy machine."""

import os
import re
import subprocess

import machine
import parts

MOST_COMMANDS = 4
# Limits of one configure with nothing to do: the figures of Java 17 and some margin.
MOST_CLASSES = 2450
MOST_OUTSIDE_THE_ARCHIVE = 40
# What configure does not need for a JSON profile without fetch and networks.
FORBIDDEN = (
    # As picocli generates them for annotations.
    "java.lang.reflect.Proxy",
    "java.net.http.",
    "java.sql.",
    "java.time.format.",
    "java.util.logging.",
    "javax.xml.stream.XMLInputFactory",
    "com.sun.org.apache.xerces.",
    "jdk.xml.internal.",
    "org.apache.commons.beanutils.",
    "org.apache.commons.configuration2.builder.",
    "org.apache.commons.configuration2.io.",
    "org.apache.commons.configuration2.reloading.",
    "org.apache.commons.text.",
    "com.google.common.cache.",
    "com.google.common.eventbus.",
    "com.google.common.reflect.",
    "org.slf4j.simple.",
    "picocli.AutoComplete",
    # Looks into every jar for Groovy.
    "picocli.CommandLine$DefaultFactory",
    "org.quattor.ncm.xen.derive.Derivation",
    "org.quattor.ncm.xen.derive.VariableFile",
    "org.quattor.ncm.xen.doctor.Doctor",
    "org.quattor.ncm.xen.host.simulated.SimulatedState",
)
LOADED = re.compile(r"^\[[^]]*\]\[info\]\[class,load *\] (\S+) source: (.*)$")


class Counts:
    """Prints what was counted, and records what exceeded its limit."""

    def __init__(self):
        self.failed = []

    def at_most(self, what, count, bound, detail=""):
        good = count <= bound
        print(f"{'ok    ' if good else 'FAILED'} {what}: {count}, at most {bound}", flush=True)
        if not good:
            self.failed.append(what)
            if detail:
                print(detail)


def check(bench):
    """Returns the exit status: 0 if every count is within its limit, else 1."""
    counts = Counts()
    for number in (1, 100):
        _second_run(bench, number, counts)
    _classes(bench, counts)
    _checkout(bench, counts)
    print("benchmarks: " + ("FAILED: " + "; ".join(counts.failed) if counts.failed else "passed"))
    return 1 if counts.failed else 0


def _second_run(bench, number, counts):
    here = bench.host()
    here.furnish(range(number), running=False)
    bench.run(parts.CONFIGURE)
    made = here.commands()
    here.furnish(range(number), running=True, keep_files=True)
    before = _files(here.root)
    bench.run(parts.CONFIGURE)
    called = here.commands()
    after = _files(here.root)
    touched = sorted(path for path in before.keys() | after.keys()
                     if before.get(path) != after.get(path))
    name = parts.count_text(number)
    # For each guest lvcreate, lvchange after the volume is found to exist, and xl create.
    counts.at_most(f"{name}, first run: commands", len(made), 3 * number + MOST_COMMANDS)
    counts.at_most(f"{name}, second run: commands", len(called), MOST_COMMANDS, "\n".join(called))
    counts.at_most(f"{name}, second run: files touched", len(touched), 0, "\n".join(touched))


def _files(root):
    """Inode, time and mode of everything that a run could write."""
    found = {}
    for top in ("etc", "srv", "var", "usr"):
        for folder, folders, files in os.walk(f"{root}/{top}"):
            for name in folders + files:
                path = os.path.join(folder, name)
                its = os.lstat(path)
                found[path[len(root):]] = (its.st_ino, its.st_mtime_ns, its.st_mode)
    return found


def _classes(bench, counts):
    here = bench.host()
    log = f"{here.root}/tmp/classes"
    environment = dict(here.environment(), _JAVA_OPTIONS="-Xlog:class+load:file=/tmp/classes")
    bench.run(parts.CONFIGURE, environment=environment)
    _judge("configure", _loaded(log), counts)
    forbidden = [line for line in _loaded(log) if line[0].startswith(FORBIDDEN)]
    counts.at_most("configure: classes of libraries it has no use for", len(forbidden), 0,
                   "\n".join(name for name, _ in forbidden))


def _loaded(log):
    with open(log, encoding="utf-8") as file:
        return [match.groups() for match in map(LOADED.match, file) if match]


def _judge(name, loaded, counts):
    outside = [line for line in loaded if "shared objects file" not in line[1]]
    counts.at_most(f"{name}: classes", len(loaded), MOST_CLASSES)
    counts.at_most(f"{name}: classes from outside the archive", len(outside),
                   MOST_OUTSIDE_THE_ARCHIVE, "\n".join(" ".join(line) for line in outside[:40]))


def _checkout(bench, counts):
    """The command of the checkout creates an archive of its own and uses it."""
    subprocess.run([f"{bench.top}/ncm-xen", "--version"], check=True, stdout=subprocess.DEVNULL)
    log = f"{bench.work}/classes"
    host_folder = f"{bench.work}/no-host"
    environment = dict(os.environ, JAVA_HOME=machine.java_home(),
                       _JAVA_OPTIONS=f"-Xlog:class+load:file={log}")
    subprocess.run(
        [f"{bench.top}/ncm-xen", "plan", "--profile",
         f"{bench.top}/test-profiles/first-host/profile.json", "--host", f"simulated:{host_folder}"],
        check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    _judge("plan in the checkout", _loaded(log), counts)
