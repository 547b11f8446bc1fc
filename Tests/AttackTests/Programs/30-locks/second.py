import fcntl
from probe import *

file = open("/usr/bin/env", "rb")
fails("write-lock", lambda: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB))
fails("read-lease", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK))
fails("write-lease", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK))
