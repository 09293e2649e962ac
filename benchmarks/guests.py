"""Guests for measuring: their profile, and the output of a host's tools while all of them run."""

import json
import uuid

MIB = 1 << 20
VOLUME_MIB = 4096
IMAGE_MIB = 64


def name(number):
    return f"vm{number:05d}.example.org"


def mac(number):
    return f"00:16:3e:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def volume(number):
    return f"vm{number:05d}-root"


def image(number):
    return f"/srv/xen/vm{number:05d}.img"


def guest(number):
    """A guest with a volume, an image, an interface and autostart."""
    return {
        "auto": True,
        "options": {
            "bootloader": "pygrub",
            "disk": [
                {
                    "type": "lvm",
                    "hostdevice": "vg0",
                    "hostvol": volume(number),
                    "size": VOLUME_MIB,
                    "guestdevice": "xvda",
                    "rw": "w",
                },
                {
                    "type": "file",
                    "path": image(number),
                    "size": IMAGE_MIB,
                    "guestdevice": "xvdb",
                    "rw": "w",
                },
            ],
            "memory": 2048,
            "name": name(number),
            "on_crash": "restart",
            "uuid": str(uuid.UUID(int=(4 << 76) + (8 << 60) + number)),
            "vcpus": 2,
            "vif": [f"mac={mac(number)},bridge=xenbr0"],
        },
    }


def profile(host, numbers):
    """The profile of a host as the Pan compiler writes it."""
    return {
        "software": {
            "components": {
                "xen": {
                    "active": True,
                    "dispatch": True,
                    "create_domains": True,
                    "create_filesystems": True,
                    "domains": {name(number): guest(number) for number in numbers},
                }
            }
        },
        "system": {"network": {"domainname": "example.org", "hostname": host}},
    }


def write_profile(path, host, numbers):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(profile(host, numbers), file, indent=2)


def write_domain_list(path, numbers):
    """What `xl list` prints."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("Name                            ID   Mem VCPUs\tState\tTime(s)\n")
        file.write("Domain-0                         0  2048     4     r-----    1234.5\n")
        for number in numbers:
            file.write(f"{name(number):<30} {number + 1:5} {2048:5} {2:5}     -b----      61.2\n")


def write_long_list(path, numbers):
    """What `xl list -l` prints, with the fields that Xen 4.17 prints."""
    domains = [{"domid": 0, "config": {"c_info": {"type": "pv", "name": "Domain-0"}, "b_info": {}}}]
    domains += [_configuration(number) for number in numbers]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(domains, file, indent=4)


def _configuration(number):
    options = guest(number)["options"]
    kib = options["memory"] * 1024
    build = {
        "max_vcpus": options["vcpus"],
        "avail_vcpus": list(range(options["vcpus"])),
        "max_memkb": kib,
        "target_memkb": kib,
        "video_memkb": 0,
        "sched_params": {"sched": "credit2", "weight": 256, "cap": 0},
        "claim_mode": "True",
        "bootloader": "pygrub",
        "type.pv": {},
        "arch_arm": {},
        "arch_x86": {"msr_relaxed": "False"},
    }
    config = {
        "c_info": {
            "type": "pv",
            "name": name(number),
            "domid": 4294967295,
            "uuid": options["uuid"],
            "run_hotplug_scripts": "True",
        },
        "b_info": build,
        "disks": [
            {
                "pdev_path": path,
                "vdev": device,
                "format": "raw",
                "readwrite": 1,
                "colo_restore_enable": "False",
            }
            for path, device in (("/dev/vg0/" + volume(number), "xvda"), (image(number), "xvdb"))
        ],
        "nics": [{"devid": 0, "mac": mac(number), "bridge": "xenbr0", "nictype": "vif"}],
        "on_reboot": "restart",
        "on_crash": "restart",
        "on_soft_reset": "soft_reset",
    }
    return {"domid": number + 1, "config": config}


def write_volumes(path, numbers):
    """What `lvs` prints."""
    with open(path, "w", encoding="utf-8") as file:
        for number in numbers:
            file.write(f"  vg0|{volume(number)}|{VOLUME_MIB * MIB}|ncm-xen\n")
