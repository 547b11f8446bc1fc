import ctypes, errno, os, signal, sys

libc = ctypes.CDLL(None, use_errno=True)


def verdict(name, good, what=""):
    print("PASS " + name if good else f"FAIL {name}: {what}", flush=True)


def call(number, *arguments):
    """A system call by its number; the error it came back with, 0 where it worked."""
    ctypes.set_errno(0)
    result = libc.syscall(*(ctypes.c_ulong(value & (2**64 - 1)) for value in (number,) + arguments))
    return 0 if result >= 0 else ctypes.get_errno()


def refused(name, error, reason=errno.EPERM):
    verdict(name, error == reason, "it worked" if error == 0 else os.strerror(error))


def fails(name, action):
    """The action must end in an error of the system."""
    try:
        result = action()
    except (OSError, PermissionError) as error:
        return verdict(name, True)
    verdict(name, False, f"it worked: {result!r}"[:200])
