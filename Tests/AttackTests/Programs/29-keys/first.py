from probe import *

mark, secret, user = (ctypes.create_string_buffer(text) for text in (b"rce-mark", b"secret", b"user"))
at = ctypes.addressof
refused("add-key-session", call(248, at(user), at(mark), at(secret), 6, -3))
refused("add-key-user", call(248, at(user), at(mark), at(secret), 6, -4))
refused("join-session", call(250, 1, at(mark)))
refused("link", call(250, 8, -4, -3))
refused("persistent", call(250, 22, -1, -4))
