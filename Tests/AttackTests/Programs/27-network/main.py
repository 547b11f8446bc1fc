import socket
from probe import *

port, name = int(sys.argv[1]), sys.argv[2]


def connect(address, family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(0.1)
        client.connect(address)


fails("host-listener", lambda: connect(("127.0.0.1", port)))
fails("host-abstract", lambda: connect("\0" + name, socket.AF_UNIX))
fails("metadata", lambda: connect(("169.254.169.254", 80)))
fails("credentials", lambda: connect(("169.254.170.2", 80)))
fails("metadata-6", lambda: connect(("fd00:ec2::254", 80), socket.AF_INET6))
fails("redis", lambda: connect(("127.0.0.1", 6379)))
fails("postgres", lambda: connect(("127.0.0.1", 5432)))
fails("loopback-6", lambda: connect(("::1", 6379), socket.AF_INET6))
fails("internet", lambda: connect(("1.1.1.1", 443)))
verdict("runtime-api", "AWS_LAMBDA_RUNTIME_API" not in os.environ)
fails("dns", lambda: socket.getaddrinfo("example.com", 80))
fails("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("8.8.8.8", 53)))
fails("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
fails("raw-6", lambda: socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))
fails("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
