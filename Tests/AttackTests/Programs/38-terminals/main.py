from probe import *

key = ctypes.create_string_buffer(b"x")
refused("type", call(16, 0, 0x5412, ctypes.addressof(key)))
refused("paste", call(16, 0, 0x541C, ctypes.addressof(key)))
refused("type-wide", call(16, 0, 0x100005412, ctypes.addressof(key)))
for name in ("tty", "console", "tty0"):
    fails(name, lambda: os.open("/dev/" + name, os.O_RDWR))
verdict("control", call(16, 0, 0x540E, 1) != 0)
