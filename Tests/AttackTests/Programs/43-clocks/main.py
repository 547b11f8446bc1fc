from probe import *

area = (ctypes.c_uint64 * 64)(1)
at = ctypes.addressof(area)
refused("clock-settime", call(227, 0, at))
refused("settimeofday", call(164, at, 0))
refused("adjtimex", call(159, at))
refused("clock-adjtime", call(305, 0, at))
fails("rtc", lambda: os.open("/dev/rtc0", os.O_RDWR))
fails("rtc-link", lambda: os.open("/dev/rtc", os.O_RDWR))
refused("time-namespace", call(272, 0x80))
fails("offsets", lambda: os.write(os.open("/proc/self/timens_offsets", os.O_WRONLY), b"monotonic 1000 0"))
