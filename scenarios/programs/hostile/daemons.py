# Leaves processes behind that belong to no session of its own and never end by themselves.
import os
import time

for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        os.closerange(0, 64)
        while True:
            time.sleep(60)
time.sleep(0.05)
print("gone")
