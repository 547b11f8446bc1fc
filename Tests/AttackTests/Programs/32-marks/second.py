import os

found = []
for directory, _, files in os.walk("/"):
    if directory.startswith(("/proc/", "/usr/")):
        continue
    found += [directory + "/" + name for name in files if "rce-mark" in name]
print(found or "nothing")
