#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(int, char **arguments) {
  unlink(arguments[0]);
  unlink("/program/main");
  rename("/box", "/box2");
  rename("/box", "/tmp/box");
  rmdir("/box");
  mkdir("/tmp/gone", 0700), chdir("/tmp/gone"), rmdir("/tmp/gone");
  puts("done");
}
