"""Runs a process several times and measures each run."""

import os
import statistics
import time

class Sample:
    """One run: wall and CPU in seconds, peak memory in MiB, the exit status."""

    def __init__(self, wall, cpu, peak_mib, status):
        self.wall = wall
        self.cpu = cpu
        self.peak_mib = peak_mib
        self.status = status


def once(argv, environment, root=None, output="/dev/null"):
    """Runs a program once, below a root of its own if one is given."""
    out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    null = os.open("/dev/null", os.O_RDONLY)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(null, 0)
            os.dup2(out, 1)
            os.dup2(out, 2)
            if root:
                os.chroot(root)
            os.chdir("/")
            os.execve(argv[0], argv, environment)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    os.close(out)
    os.close(null)
    # ru_maxrss counts what this process was when it forked, which is less than any Java.
    return Sample(
        wall,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
    )


def summary(samples):
    """Median, minimum and maximum of several runs, ready for JSON."""

    def of(values):
        return {
            "median": round(statistics.median(values), 4),
            "min": round(min(values), 4),
            "max": round(max(values), 4),
        }

    return {
        "runs": len(samples),
        "wallSeconds": of([sample.wall for sample in samples]),
        "cpuSeconds": of([sample.cpu for sample in samples]),
        "peakMib": of([sample.peak_mib for sample in samples]),
    }
