#include <string.h>
#include <sys/mman.h>
// Asks the kernel to write each page out before the next is taken: with swap, it would stay below any limit of memory.
int main() {
  for (;;) {
    void *area = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) return 1;
    memset(area, 1, 1 << 20);
    madvise(area, 1 << 20, 21 /* MADV_PAGEOUT */);
  }
}
