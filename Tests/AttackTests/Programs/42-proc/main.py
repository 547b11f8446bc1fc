from probe import *


def read(path):
    with open(path, "rb") as file:
        return file.read(4096)


def empty(name, path):
    try:
        text = read(path)
    except OSError:
        text = b""
    verdict(name, text == b"", text[:200])


verdict("only-own-processes", sum(name.isdigit() for name in os.listdir("/proc")) <= 3)
fails("supervisor", lambda: read(f"/proc/{sys.argv[1]}/cmdline"))
for name in (
    "kernel/core_pattern", "kernel/hostname", "kernel/modprobe", "vm/overcommit_memory", "kernel/sysrq", "fs/file-max",
    "net/ipv4/ip_forward",
):
    fails(name, lambda: open("/proc/sys/" + name, "r+b"))
fails("sysrq-trigger", lambda: open("/proc/sysrq-trigger", "wb"))
for name in ("kcore", "kmsg", "kpagecount", "kpageflags", "timer_list", "sched_debug", "vmallocinfo", "keys"):
    empty(name, "/proc/" + name)
try:
    symbols = read("/proc/kallsyms")
except OSError:
    symbols = b""
verdict("kallsyms", symbols == b"" or symbols.startswith(b"0" * 16), symbols[:80])
fails("firmware", lambda: read("/sys/firmware/dmi/tables/DMI"))
fails("uevent", lambda: open("/sys/kernel/uevent_helper", "wb"))
fails("debug", lambda: os.listdir("/sys/kernel/debug"))
fails("memory-device", lambda: os.open("/dev/mem", os.O_RDWR))
fails("fuse", lambda: os.open("/dev/fuse", os.O_RDWR))
fails("tun", lambda: os.open("/dev/net/tun", os.O_RDWR))
fails("kvm", lambda: os.open("/dev/kvm", os.O_RDWR))
fails("first-maps", lambda: read("/proc/1/maps"))
