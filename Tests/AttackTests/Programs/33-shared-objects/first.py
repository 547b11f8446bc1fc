from probe import *

call(29, 0x52434501, 4096, 0o1666)
call(64, 0x52434502, 1, 0o1666)
call(68, 0x52434503, 0o1666)
call(240, ctypes.addressof(ctypes.create_string_buffer(b"rce-mark")), os.O_CREAT | os.O_RDWR, 0o666, 0)
open("/dev/shm/sem.rce-mark", "w")
print("made")
