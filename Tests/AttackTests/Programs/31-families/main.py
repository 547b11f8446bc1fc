import socket
from probe import *

for name, family, kind, protocol in [
    ("vsock", 40, 1, 0), ("alg", 38, 5, 0), ("packet", 17, 3, 768), ("bluetooth", 31, 1, 3), ("xdp", 44, 3, 0),
    ("netlink", 16, 3, 0), ("key", 15, 3, 2), ("can", 29, 3, 1), ("rds", 21, 5, 0), ("tipc", 30, 1, 0), ("kcm", 41, 5, 0),
    ("smc", 43, 1, 0),
]:
    refused(name, call(41, family, kind, protocol), errno.EAFNOSUPPORT)
