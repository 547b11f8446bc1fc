import fcntl, time
from probe import *

file = open("/usr/bin/env", "rb")
fails("write-lock", lambda: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB))
fails("read-lease", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK))
fails("write-lease", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK))
seen = False
end = time.monotonic() + 0.4
while time.monotonic() < end and not seen:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(file, fcntl.LOCK_UN)
    except BlockingIOError:
        seen = True
    except PermissionError:
        break
verdict("lock-seen", not seen, "another program's lock is seen")
