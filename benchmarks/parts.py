"""The parts of the benchmark. Each returns rows: what was measured, and its figures."""

import json
import os
import shutil
import subprocess
import sys

import guests
import host
import machine
import measure

NCM_XEN = "/usr/bin/ncm-xen"
CONFIGURE = [NCM_XEN, "configure", "--profile", "/profile.json"]
# The number of guests, and the number of runs.
SIZES = ((1, 21), (10, 15), (100, 15), (1_000, 9), (10_000, 3))
FLEET = 10_000
GUESTS_OF_A_FLEET_HOST = 10

# The functions by their names on the command line.
ALL = {
    "converged": "converged",
    "first-run": "first_run",
    "commands": "commands",
    "stages": "stages",
    "warm": "warm",
    "fleet": "fleet",
    "image": "image",
}
USUAL = ("converged", "first-run", "commands", "stages", "warm")


class Bench:
    """The paths, and the host, which is created at its first use."""

    def __init__(self, top, work):
        self.top = top
        self.work = work
        self._host = None

    def host(self):
        if self._host is None:
            root = f"{self.work}/host"
            # Left by a run that was ended; its mounts were removed with its namespace.
            subprocess.run(["rm", "-rf", "--one-file-system", root], check=True)
            self._host = host.Host(root, installed(self.top), machine.java_home())
        return self._host

    def run(self, argv, expected=0, environment=None):
        """Runs a command on the host once."""
        environment = environment or self.host().environment()
        output = f"{self.work}/output"
        sample = measure.once(argv, environment, self.host().root, output)
        if sample.status != expected:
            with open(output, encoding="utf-8") as file:
                print(file.read()[-2000:])
            raise SystemExit(f"{' '.join(argv)} ended with {sample.status}, not {expected}")
        return sample

    def row(self, name, argv, runs, warm_ups=1):
        """Runs a command several times on the host as it is, after once for the page cache."""
        for _ in range(warm_ups):
            self.run(argv)
        self.host().commands()
        samples = []
        most = 0
        print(f"    {name}", file=sys.stderr, flush=True)
        for _ in range(runs):
            samples.append(self.run(argv))
            most = max(most, len(self.host().commands()))
        return {"name": name, **measure.summary(samples), "commands": most}


def installed(top):
    """What the package installs; built if it is missing or older than a jar."""
    tree = f"{top}/ncm-xen-packages/target/tree"
    jar = f"{tree}/usr/share/ncm-xen/ncm-xen.jar"
    newest = 0.0
    for module in ("api", "core", "cli", "packages"):
        for folder, _, files in os.walk(f"{top}/ncm-xen-{module}/src/main"):
            newest = max([newest] + [os.path.getmtime(f"{folder}/{name}") for name in files])
    if not os.path.exists(jar) or os.path.getmtime(jar) < newest:
        maven(top, "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "package")
    return tree


def maven(top, *arguments):
    subprocess.run(["mvn", "-q", "-B", "-ntp", *arguments], cwd=top, check=True)


def count_text(number):
    return f"{number:,} guest{'' if number == 1 else 's'}"


def converged(bench):
    """A run on a host that matches its profile."""
    found = []
    for number, runs in SIZES:
        bench.host().furnish(range(number), running=True)
        # Writes the guest files; the next runs have nothing to do.
        bench.run(CONFIGURE)
        found.append({"guests": number, **bench.row(count_text(number), CONFIGURE, runs)})
    return found


def first_run(bench):
    """The run that creates volumes, images, files and links, and starts the guests."""
    samples = []
    for _ in range(4):
        bench.host().furnish(range(100), running=False)
        bench.host().commands()
        samples.append(bench.run(CONFIGURE))
    row = {"name": "100 guests, nothing there yet", **measure.summary(samples)}
    return [{**row, "commands": len(bench.host().commands())}]


def commands(bench):
    """Commands that change nothing."""
    bench.host().furnish(range(100), running=True)
    bench.run(CONFIGURE)
    profile = ["--profile", "/profile.json"]
    return [
        bench.row("--help", [NCM_XEN, "--help"], 15),
        bench.row("check, 100 guests", [NCM_XEN, "check", "/profile.json"], 15),
        bench.row("show, 100 guests", [NCM_XEN, "show", *profile], 15),
        bench.row("plan, 100 guests", [NCM_XEN, "plan", *profile], 15),
        bench.row("status, 100 guests", [NCM_XEN, "status", *profile], 15),
    ]


def stages(bench):
    """Where the time goes: each row does what the one before does, and more."""
    found = []
    for number, runs in ((1, 15), (1_000, 7)):
        bench.host().furnish(range(number), running=True)
        bench.run(CONFIGURE)
        prefix = count_text(number) + ": "
        if number == 1:
            found += _start(bench, runs)
        found += [
            bench.row(prefix + "check", [NCM_XEN, "check", "/profile.json"], runs),
            bench.row(prefix + "plan", [NCM_XEN, "plan", "--profile", "/profile.json"], runs),
            bench.row(prefix + "configure", CONFIGURE, runs),
        ]
    return found


def _start(bench, runs):
    """The launcher alone, a Java that does nothing, our command that does nothing."""
    here = bench.host()
    folder = f"{here.root}/empty"
    os.makedirs(folder, exist_ok=True)
    host.write(f"{folder}/Empty.java", "class Empty { public static void main(String[] a) {} }\n")
    subprocess.run(
        [f"{here.java_home}/bin/javac", "--release", "17", "-d", folder, f"{folder}/Empty.java"],
        check=True,
    )
    os.makedirs(f"{folder}/java/bin", exist_ok=True)
    host.script(f"{folder}/java/bin/java", "exit 0\n")
    shutil.copy(f"{here.java_home}/release", f"{folder}/java/release")
    archive = "/var/cache/ncm-xen/" + next(
        name for name in os.listdir(f"{here.root}/var/cache/ncm-xen") if name.endswith(".jsa"))
    empty = [f"{here.java_home}/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms64m",
             "-XX:NewSize=32m",
             f"-XX:SharedArchiveFile={archive}", "-cp", "/usr/share/ncm-xen/ncm-xen.jar:/empty",
             "Empty"]
    launcher = ["/usr/bin/sh", "-c", "JAVA_HOME=/empty/java exec /usr/bin/ncm-xen"]
    return [
        bench.row("the launcher, without Java", launcher, runs),
        bench.row("Java with our archive, an empty main", empty, runs),
        bench.row("ncm-xen --version", [NCM_XEN, "--version"], runs),
    ]


def warm(bench):
    """Inside one JVM, by JMH: the cost for a runner that embeds the component."""
    maven(bench.top, "-Pbenchmarks", "-pl", "benchmarks", "-am", "-Dmaven.test.skip=true",
          "-Dspotless.check.skip=true", "package")
    target = f"{bench.top}/benchmarks/target"
    result = f"{bench.work}/jmh.json"
    subprocess.run(
        [f"{machine.java_home()}/bin/java", "-cp", f"{target}/classes:{target}/lib/*",
         "org.openjdk.jmh.Main", "-foe", "true", "-rf", "json", "-rff", result],
        check=True, stdout=subprocess.DEVNULL,
    )
    with open(result, encoding="utf-8") as file:
        measured = json.load(file)
    found = []
    for each in measured:
        raw = sorted(value for fork in each["primaryMetric"]["rawData"] for value in fork)
        seconds = {"median": raw[len(raw) // 2], "min": raw[0], "max": raw[-1]}
        found.append({
            "name": "1,000 guests: " + each["benchmark"].rsplit(".", 1)[1],
            "runs": len(raw),
            "milliseconds": {key: round(value, 3) for key, value in seconds.items()},
        })
    return found


def fleet(bench):
    """`check` of the profiles of 10,000 hosts in one process."""
    here = bench.host()
    folder = f"{here.root}/fleet"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for number in range(FLEET):
        first = number * GUESTS_OF_A_FLEET_HOST
        guests.write_profile(
            f"{folder}/host{number:05d}.json",
            f"host{number:05d}",
            range(first, first + GUESTS_OF_A_FLEET_HOST),
        )
    files = [f"/fleet/{name}" for name in sorted(os.listdir(folder))]
    row = bench.row("check of 10,000 hosts, 10 guests each", [NCM_XEN, "check", *files], 2, 0)
    shutil.rmtree(folder)
    return [row]


def image(bench):
    """An image of 10 GiB compared with dd of the same size."""
    done = subprocess.run(
        [f"{bench.top}/benchmarks/storage"], check=True, capture_output=True, text=True
    )
    found = []
    for line in done.stdout.splitlines():
        words = line.rsplit(None, 2)
        if len(line) > 60 and " s" in line[58:] and line[58:68].strip().replace(".", "").isdigit():
            found.append({"name": line[:58].strip(), "seconds": float(line[58:68])})
    return found
