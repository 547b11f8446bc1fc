import os

for directory in "/tmp /dev/shm /var/tmp /box /program /run /dev /usr /etc /proc /".split():
    try:
        open(directory + "/rce-mark", "w").write("mark")
    except OSError:
        pass
print(os.path.exists("/tmp/rce-mark"))
