"""Describes the machine of a measurement."""

import os
import platform
import re
import subprocess


def describe(top):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"^model name\s*:\s*(.*)$", file.read(), re.M)
    with open("/proc/meminfo", encoding="utf-8") as file:
        kib = int(re.search(r"^MemTotal:\s*(\d+)", file.read()).group(1))
    return {
        "cpu": model.group(1) if model else platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
        "memoryGib": round(kib / (1 << 20), 1),
        "kernel": platform.release(),
        "java": _first_line([java_home() + "/bin/java", "-version"]),
        "commit": _first_line(["git", "-C", top, "rev-parse", "--short", "HEAD"]),
    }


def java_home():
    """The Java that everything is run with."""
    if "JAVA_HOME" in os.environ:
        return os.path.realpath(os.environ["JAVA_HOME"])
    found = _first_line(["sh", "-c", "readlink -f \"$(command -v java)\""])
    return os.path.dirname(os.path.dirname(found))


def _first_line(argv):
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return ((done.stdout or done.stderr).splitlines() or ["unknown"])[0]
