from probe import *

child = os.fork()
if child == 0:
    while True:
        signal.pause()
for number in (signal.SIGKILL, signal.SIGSTOP):
    try:
        os.kill(1, number)
    except PermissionError:
        pass
try:
    os.kill(1, 0)
    verdict("first", True)
except OSError as error:
    verdict("first", error.errno == errno.EPERM, str(error))
fails("supervisor", lambda: os.kill(int(sys.argv[1]), signal.SIGKILL))
fails("group", lambda: os.killpg(int(sys.argv[2]), signal.SIGKILL))
os.kill(-1, signal.SIGKILL)
verdict("own", os.WIFSIGNALED(os.waitpid(child, 0)[1]))
