#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *wait_for_ever(void *) {
  for (;;) pause();
}
int main() {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 65536);
  for (int i = 0; i < 5000; i++) {
    pthread_t thread;
    int error = pthread_create(&thread, &small, wait_for_ever, 0);
    if (error != 0) return printf("%s\n", error == EAGAIN ? "EAGAIN" : "another error"), 1;
  }
  printf("5000 threads\n");
}
