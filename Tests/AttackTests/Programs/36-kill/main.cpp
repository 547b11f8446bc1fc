#include "../probe.h"
// Arguments: the process of the supervisor, and its group.
int main(int, char **arguments) {
  int child = fork();
  if (child == 0)
    for (;;) pause();
  kill(1, SIGKILL);
  kill(1, SIGSTOP);
  verdict("first", kill(1, 0) == 0 || errno == EPERM, "the first process is gone");
  refused("supervisor", kill(atoi(arguments[1]), SIGKILL), ESRCH);
  refused("group", kill(-atoi(arguments[2]), SIGKILL), ESRCH);
  kill(-1, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  verdict("own", WIFSIGNALED(status), "the child lives");
}
