import socket, time

end = time.monotonic() + 0.8
met = set()
while time.monotonic() < end:
    for family, address in [
        (socket.AF_INET, ("127.0.0.1", 34567)), (socket.AF_UNIX, "\0rce-attack-28"), (socket.AF_UNIX, "/tmp/rce-attack-28"),
    ]:
        try:
            with socket.socket(family) as client:
                client.settimeout(0.1)
                client.connect(address)
                met.add(address)
        except OSError:
            pass
    time.sleep(0.01)
print(f"met {met}" if met else "met nobody")
