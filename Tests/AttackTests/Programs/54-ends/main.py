import os, sys

number = int(sys.argv[2])
if sys.argv[1] == "exit":
    sys.exit(number)
os.kill(os.getpid(), number)
