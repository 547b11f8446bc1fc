import os, shutil

os.unlink("/box/main.py")
for action in (lambda: os.rename("/box", "/tmp/box"), lambda: os.rmdir("/box")):
    try:
        action()
    except OSError:
        pass
shutil.rmtree("/box", ignore_errors=True)
os.mkdir("/tmp/gone")
os.chdir("/tmp/gone")
os.rmdir("/tmp/gone")
print("done")
