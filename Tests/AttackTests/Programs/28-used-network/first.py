import socket, struct

# Uses what a network namespace counts and remembers.
sender, receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    receiver.bind(("127.0.0.1", 0))
    sender.sendto(b"x" * 1000, receiver.getsockname())
except OSError:
    pass
# A label of flows (ipv6(7), IPV6_FLOWLABEL_MGR) that lingers for a minute, shared with whoever asks.
request = socket.inet_pton(socket.AF_INET6, "::1") + struct.pack("!I", 0x12345) + struct.pack("=BBHHHI", 0, 255, 1, 60, 60, 0)
try:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as labelled:
        labelled.setsockopt(41, 32, request)
except OSError:
    pass
print("used")
