// The processes below this one, where no namespace ends them all at once.
#define _GNU_SOURCE
#include "rce_jail.h"
#include "steps.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PROCESSES 65536
#define PATIENCE 2000000000LL

struct process {
  pid_t id;
  pid_t parent;
  char state;
  char below;
};

static int read_process(const char *name, struct process *process) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/%.20s/stat", name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  if (size <= 0) return 0;
  text[size] = 0;
  // The name may hold anything, parentheses and spaces included (proc(5)).
  const char *end = strrchr(text, ')');
  *process = (struct process){.id = (pid_t)atoi(name)};
  return end && sscanf(end + 1, " %c %d", &process->state, &process->parent) == 2;
}

static size_t read_processes(struct process *list) {
  size_t count = 0;
  DIR *directory = opendir("/proc");
  if (!directory) return 0;
  struct dirent *entry;
  while (count < MOST_PROCESSES && (entry = readdir(directory))) {
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && read_process(entry->d_name, &list[count])) count++;
  }
  closedir(directory);
  return count;
}

static int is_spared(pid_t process, const pid_t *spared, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (spared[i] == process) return 1;
  }
  return 0;
}

static int is_below(const struct process *list, size_t count, pid_t parent, pid_t self) {
  if (parent == self) return 1;
  for (size_t i = 0; i < count; i++) {
    if (list[i].id == parent) return list[i].below;
  }
  return 0;
}

static void mark(struct process *list, size_t count, const pid_t *spared, size_t sparedCount) {
  pid_t self = getpid();
  for (int changed = 1; changed;) {
    changed = 0;
    for (size_t i = 0; i < count; i++) {
      if (list[i].below || is_spared(list[i].id, spared, sparedCount)) continue;
      list[i].below = (char)is_below(list, count, list[i].parent, self);
      changed |= list[i].below;
    }
  }
}

static size_t signal_all(const struct process *list, size_t count, int signal) {
  size_t alive = 0;
  for (size_t i = 0; i < count; i++) {
    if (!list[i].below || list[i].state == 'Z' || list[i].state == 'X') continue;
    alive++;
    kill(list[i].id, signal);
  }
  return alive;
}

static void reap(const struct process *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (list[i].below && list[i].parent == getpid()) waitpid(list[i].id, NULL, WNOHANG);
  }
}

size_t rce_jail_kill_descendants(const pid_t *spared, size_t sparedCount) {
  struct process *list = malloc(MOST_PROCESSES * sizeof *list);
  if (!list) return 1;
  size_t count = read_processes(list);
  mark(list, count, spared, sparedCount);
  // Stopped first, so that none starts another one while the rest is killed.
  signal_all(list, count, SIGSTOP);
  size_t alive = signal_all(list, count, SIGKILL);
  reap(list, count);
  // What has ended and was not yet reaped may have left children to this process only now.
  for (size_t i = 0; i < count; i++) alive += list[i].below && list[i].state == 'Z';
  free(list);
  return alive;
}

size_t rce_jail_end_descendants(const pid_t *spared, size_t count) {
  int64_t end = rce_init_nanoseconds(CLOCK_MONOTONIC) + PATIENCE;
  size_t left;
  while ((left = rce_jail_kill_descendants(spared, count)) > 0 && rce_init_nanoseconds(CLOCK_MONOTONIC) < end) {
    poll(NULL, 0, 1);
  }
  return left;
}

size_t rce_jail_children(pid_t *children, size_t room) {
  struct process *list = malloc(MOST_PROCESSES * sizeof *list);
  if (!list) return 0;
  size_t count = read_processes(list), found = 0;
  for (size_t i = 0; i < count; i++) {
    if (list[i].parent != getpid()) continue;
    if (found < room) children[found] = list[i].id;
    found++;
  }
  free(list);
  return found;
}
