from probe import *

verdict("shared-memory", call(29, 0x52434501, 4096, 0) != 0)
verdict("semaphore", call(64, 0x52434502, 1, 0) != 0)
verdict("messages", call(68, 0x52434503, 0) != 0)
verdict("posix-messages", call(240, ctypes.addressof(ctypes.create_string_buffer(b"rce-mark")), os.O_RDONLY) != 0)
verdict("posix-semaphore", not os.path.exists("/dev/shm/sem.rce-mark"))
verdict("posix-memory", os.listdir("/dev/shm") == [])
