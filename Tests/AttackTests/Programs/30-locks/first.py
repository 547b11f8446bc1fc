import fcntl, time

# A lock on a file of the system that every sandbox sees.
file = open("/usr/bin/env", "rb")
try:
    fcntl.flock(file, fcntl.LOCK_EX)
except PermissionError:
    pass
time.sleep(0.6)
print("done")
