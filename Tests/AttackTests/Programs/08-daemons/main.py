import os, time

for _ in range(8):
    if os.fork() == 0:
        os.setsid()
        if os.fork() > 0:
            os._exit(0)
        os.closerange(0, 64)
        while True:
            if os.fork() == 0:
                os._exit(0)
            os.wait()
time.sleep(0.05)
print("gone")
