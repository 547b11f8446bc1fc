from probe import *


def read(name):
    try:
        return open("/proc/net/" + name).read()
    except OSError:
        return ""


# Data of a device: "lo:" and what it received and sent; of a protocol: its name and its counters.
devices = [line.split() for line in read("dev").splitlines() if ":" in line]
verdict("bytes", all(set(line[1:]) == {"0"} for line in devices), devices)
datagrams = [line.split() for line in read("snmp").splitlines() if line.startswith("Udp: ")][1:]
verdict("datagrams", all(line[4] == "0" for line in datagrams), datagrams)
labels = read("ip6_flowlabel").splitlines()[1:]
verdict("labels", not labels, labels)
