#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include "../probe.h"
int main() {
  timespec zero = {};
  timeval nothing = {};
  timex change = {};
  change.modes = ADJ_OFFSET;
  refused("clock-settime", clock_settime(CLOCK_REALTIME, &zero));
  refused("settimeofday", settimeofday(&nothing, 0));
  refused("adjtimex", adjtimex(&change));
  refused("clock-adjtime", clock_adjtime(CLOCK_REALTIME, &change));
  fails("rtc", open("/dev/rtc0", O_RDWR));
  fails("rtc-link", open("/dev/rtc", O_RDWR));
  refused("time-namespace", syscall(SYS_unshare, 0x80));
  fails("offsets", open("/proc/self/timens_offsets", O_WRONLY) < 0 ? -1 : write(open("/proc/self/timens_offsets", O_WRONLY), "monotonic 1000 0", 16));
}
