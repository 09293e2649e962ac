"""A Xen host of its own for each measurement: a tree that confines a process by chroot(2).

The tree has the real C library, Java and shell; /dev, /sys and the state of the host are artificial,
and the tools of Xen and LVM are stand-ins that print a file and record each call. The tree contains
no other program, so every command that runs is counted.
"""

import os
import shutil
import subprocess

import guests

TOOLS = ("xl", "vgs", "lvs", "lvcreate", "lvchange", "vgcreate")
# For the launcher, the locks and `xl create`; `sleep` and others are missing on purpose.
PROGRAMS = ("sh", "readlink", "flock", "cat", "setsid", "find", "mv")
INSTALLING = ("rm", "mkdir", "sync", "touch", "grep")
BYTES_PER_EXTENT = 4 << 20
GROUP_BYTES = 1 << 50


class Host:
    """The tree, with ncm-xen installed in it as the package installs it."""

    def __init__(self, root, installed, java_home):
        """
        root: a directory that does not exist yet; installed: what the package installs, a
        tree with usr/bin/ncm-xen; java_home: the Java that runs it.
        """
        self.root = root
        self.java_home = os.path.realpath(java_home)
        for folder in ("dev", "sys", "proc", "etc/xen/auto", "srv/xen", "tmp", "usr", "answers"):
            os.makedirs(f"{root}/{folder}")
        os.makedirs(f"{root}/var/log")
        os.makedirs(f"{root}/run/lock")
        os.symlink("/run/lock", f"{root}/var/lock")
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", f"{root}/dev")
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", f"{root}/sys")
        mount("--bind", "/proc", f"{root}/proc")
        for device in ("null", "zero", "urandom", "random"):
            open(f"{root}/dev/{device}", "w").close()
            mount("--bind", f"/dev/{device}", f"{root}/dev/{device}")
        self._bind_system()
        self._tools()
        subprocess.run(["cp", "-a", f"{installed}/usr/.", f"{root}/usr"], check=True)
        self._install()

    def _bind_system(self):
        for folder in ("lib", "lib64", "lib32", "bin", "sbin"):
            if os.path.islink(f"/{folder}"):
                os.symlink(os.readlink(f"/{folder}"), f"{self.root}/{folder}")
            elif os.path.isdir(f"/{folder}") and folder.startswith("lib"):
                bind(f"/{folder}", self.root)
            elif not folder.startswith("lib"):
                os.symlink(f"usr/{folder}", f"{self.root}/{folder}")
        for folder in ("/usr/lib64", "/usr/lib32"):
            if os.path.isdir(folder):
                bind(folder, self.root)
        # Not as a whole: the package puts files below /usr/lib.
        library = [entry for entry in os.scandir("/usr/lib") if "linux-gnu" in entry.name]
        for entry in library:
            bind(entry.path, self.root)
        for path in [self.java_home, *self._configuration()]:
            bind(path, self.root)
        for path in ("/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/group"):
            if os.path.isfile(path):
                shutil.copy(path, self.root + path)

    def _configuration(self):
        """Returns the entries of /etc to which Debian's Java has links."""
        found = set()
        for folder, _, files in os.walk(f"{self.java_home}/conf"):
            for name in files:
                target = os.path.realpath(os.path.join(folder, name))
                if target.startswith("/etc/"):
                    found.add("/" + "/".join(target.split("/")[1:3]))
        for name in ("conf", "lib"):
            for entry in os.scandir(f"{self.java_home}/{name}"):
                target = os.path.realpath(entry.path)
                if target.startswith("/etc/"):
                    found.add("/" + "/".join(target.split("/")[1:3]))
        return sorted(found)

    def _tools(self):
        for folder in ("usr/bin", "usr/sbin"):
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
        for program in PROGRAMS + INSTALLING:
            shutil.copy(os.path.realpath(shutil.which(program)), f"{self.root}/usr/bin/{program}")
        for tool in TOOLS:
            script(
                f"{self.root}/usr/sbin/{tool}",
                f'echo "{tool} $*" >>/answers/commands\n'
                f'case "{tool} $*" in\n'
                '"xl list") exec cat /answers/xl-list ;;\n'
                '"xl list -l") exec cat /answers/xl-list-l ;;\n'
                '"vgs "*) exec cat /answers/vgs ;;\n'
                '"lvs "*) exec cat /answers/lvs ;;\n'
                '"lvcreate "*) while [ "$1" != -n ]; do shift; done\n'
                '    exec mv "/dev/new/$2" "/dev/vg0/$2" ;;\n'
                'esac\n',
            )

    def _install(self):
        self.furnish(range(3), running=True)
        self.run(["/usr/share/ncm-xen/make-archive"], check=True)
        for program in INSTALLING:
            os.remove(f"{self.root}/usr/bin/{program}")
        cache = f"{self.root}/var/cache/ncm-xen"
        if not os.path.isdir(cache) or not os.listdir(cache):
            raise SystemExit("make-archive made no class-data archive")
        self.commands()

    def environment(self):
        """Returns the environment of processes in the tree."""
        return {"PATH": "/usr/sbin:/usr/bin", "JAVA_HOME": self.java_home}

    def run(self, argv, **options):
        """Runs a program in the tree to its end."""
        return subprocess.run(
            ["chroot", self.root, *argv], env=self.environment(), stdin=subprocess.DEVNULL, **options
        )

    def furnish(self, numbers, running, keep_files=False):
        """
        Prepares the host for these guests: all of them exist and run, or none exists yet. Removes
        existing files unless keep_files is set.
        """
        for folder in ("sys/block", "sys/dev", "sys/class", "dev/vg0", "dev/new"):
            shutil.rmtree(f"{self.root}/{folder}", ignore_errors=True)
        if not keep_files:
            for folder in ("etc/xen", "srv/xen"):
                shutil.rmtree(f"{self.root}/{folder}")
        for folder in ("etc/xen/auto", "srv/xen", "sys/block", "sys/dev/block", "dev/vg0", "dev/new"):
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
        for folder in ("sys/class/net", "sys/hypervisor/version", "sys/bus/xen-backend/devices"):
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)
        for file, text in (
            ("type", "xen"),
            ("uuid", "00000000-0000-0000-0000-000000000000"),
            ("version/major", "4"),
            ("version/minor", "17"),
        ):
            write(f"{self.root}/sys/hypervisor/{file}", text + "\n")
        self._net_device("xenbr0", 2, bridge=True)
        guests.write_profile(f"{self.root}/profile.json", "xen1", numbers)
        there = numbers if running else []
        answers = f"{self.root}/answers"
        write(f"{answers}/vgs", f"  vg0|{BYTES_PER_EXTENT}|{GROUP_BYTES}\n")
        guests.write_volumes(f"{answers}/lvs", there)
        guests.write_domain_list(f"{answers}/xl-list", there)
        guests.write_long_list(f"{answers}/xl-list-l", there)
        for number in numbers:
            self._volume(number, "vg0" if running else "new")
        for number in there:
            self._net_device(f"vif{number + 1}.0", number + 3, bridge=False)
            if not keep_files:
                with open(f"{self.root}{guests.image(number)}", "wb") as file:
                    file.truncate(guests.IMAGE_MIB * guests.MIB)

    def _volume(self, number, folder):
        # 253 is the number of device-mapper on most systems; nothing ever opens it.
        minor = number + 1
        device = os.makedev(253, minor)
        os.mknod(f"{self.root}/dev/{folder}/{guests.volume(number)}", 0o60660, device)
        folder = f"{self.root}/sys/block/dm-{minor}"
        os.makedirs(f"{folder}/holders")
        os.makedirs(f"{folder}/dm")
        write(f"{folder}/dev", f"253:{minor}\n")
        write(f"{folder}/size", f"{guests.VOLUME_MIB * 2048}\n")
        write(f"{folder}/dm/uuid", f"LVM-{number}\n")
        write(f"{folder}/dm/name", f"vg0-{guests.volume(number).replace('-', '--')}\n")
        os.symlink(f"../../block/dm-{minor}", f"{self.root}/sys/dev/block/253:{minor}")

    def _net_device(self, name, index, bridge):
        folder = f"{self.root}/sys/class/net/{name}"
        os.makedirs(f"{folder}/bridge" if bridge else folder, exist_ok=True)
        write(f"{folder}/flags", "0x1003\n")
        write(f"{folder}/mtu", "1500\n")
        write(f"{folder}/ifindex", f"{index}\n")
        write(f"{folder}/ifalias", "\n")
        if bridge:
            write(f"{folder}/bridge/stp_state", "0\n")
            write(f"{folder}/bridge/forward_delay", "0\n")
        else:
            os.symlink("../xenbr0", f"{folder}/master")

    def commands(self):
        """Returns the commands since the last call."""
        path = f"{self.root}/answers/commands"
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        os.remove(path)
        return lines


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def bind(path, root):
    """Mounts a file or directory of this system at the same path of the tree, read-only."""
    target = root + path
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    mount("--bind", path, target)
    mount("-o", "remount,bind,ro", target)


def script(path, text):
    write(path, "#!/bin/sh\n" + text)
    os.chmod(path, 0o755)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
