from probe import *

for name, number in [
    ("io-uring-setup", 425), ("io-uring-enter", 426), ("io-uring-register", 427), ("userfaultfd", 323), ("bpf", 321),
    ("perf-event-open", 298), ("kexec-load", 246), ("kexec-file-load", 320), ("swapon", 167), ("swapoff", 168),
    ("quotactl", 179), ("quotactl-fd", 443), ("reboot", 169), ("syslog", 103), ("open-by-handle-at", 304),
    ("fanotify-init", 300), ("fanotify-mark", 301), ("acct", 163), ("init-module", 175), ("finit-module", 313),
    ("delete-module", 176), ("iopl", 172), ("ioperm", 173), ("modify-ldt", 154), ("vhangup", 153), ("lookup-dcookie", 212),
]:
    refused(name, call(number, 0, 0, 0, 0, 0, 0))
