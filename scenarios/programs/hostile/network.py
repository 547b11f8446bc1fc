# Knocks where credentials, data and the world are.
import socket

DOORS = [("169.254.169.254", 80), ("169.254.170.2", 80), ("127.0.0.1", 6379), ("127.0.0.1", 9001), ("1.1.1.1", 443)]


def is_refused(knock):
    try:
        knock()
        return False
    except OSError:
        return True


refused = sum(is_refused(lambda: socket.create_connection(door, timeout=0.2).close()) for door in DOORS)
refused += is_refused(lambda: socket.getaddrinfo("example.com", 443))
print(f"refused {refused} of {len(DOORS) + 1}")
