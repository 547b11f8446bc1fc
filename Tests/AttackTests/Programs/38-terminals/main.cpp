#include <sys/ioctl.h>
#include "../probe.h"
int main() {
  char key = 'x', console[8] = {2};
  refused("type", ioctl(0, TIOCSTI, &key));
  refused("paste", ioctl(0, TIOCLINUX, console));
  refused("type-wide", syscall(SYS_ioctl, 0, 0x100005412ul, &key));
  fails("tty", open("/dev/tty", O_RDWR));
  fails("console", open("/dev/console", O_RDWR));
  fails("tty0", open("/dev/tty0", O_RDWR));
  fails("control", ioctl(0, TIOCSCTTY, 1));
}
