import os, select, socket, time

# Whoever else is here may call: on a port, by an abstract name, and by a file.
listeners = [socket.socket(socket.AF_INET), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
bound = 0
for listener, address in zip(listeners, [("0.0.0.0", 34567), "\0rce-attack-28", "/tmp/rce-attack-28"]):
    try:
        listener.bind(address)
        listener.listen()
        bound += 1
    except OSError:
        pass
end = time.monotonic() + 1.2
while time.monotonic() < end:
    for listener in listeners:
        try:
            listener.setblocking(False)
            listener.accept()
            print("somebody called")
        except OSError:
            pass
    time.sleep(0.01)
print("nobody called")
