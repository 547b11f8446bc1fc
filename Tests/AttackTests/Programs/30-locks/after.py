import fcntl

try:
    fcntl.flock(open("/usr/bin/env", "rb"), fcntl.LOCK_EX | fcntl.LOCK_NB)
except PermissionError:
    pass
print("free")
