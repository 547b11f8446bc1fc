import os, time

# Sleeps itself and lets others work, each too short for a clock that only looks now and then.
end = time.monotonic() + 3
while time.monotonic() < end:
    if os.fork() == 0:
        stop = time.monotonic() + 0.003
        while time.monotonic() < stop:
            pass
        os._exit(0)
    os.wait()
