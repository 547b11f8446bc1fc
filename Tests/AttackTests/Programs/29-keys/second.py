from probe import *

mark, user = (ctypes.create_string_buffer(text) for text in (b"rce-mark", b"user"))
refused("request-key", call(249, ctypes.addressof(user), ctypes.addressof(mark), 0, 0))
refused("search", call(250, 10, -4, ctypes.addressof(user), ctypes.addressof(mark), 0))
for path in ("/proc/keys", "/proc/key-users"):
    try:
        text = open(path).read()
    except OSError:
        text = ""
    verdict(path, text == "", text)
