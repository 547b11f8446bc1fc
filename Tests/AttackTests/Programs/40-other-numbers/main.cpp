#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int, char **arguments) {
  if (strcmp(arguments[1], "x32") == 0) {
    printf("%ld\n", syscall(0x40000000 | SYS_getpid));
  } else {
    int result = 20;  // getpid of 32-bit programs
    asm volatile("int $0x80" : "+a"(result)::"memory");
    printf("%d\n", result);
  }
}
