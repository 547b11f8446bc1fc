import os, site, subprocess, sys
from probe import *

# What a Python that starts in this directory would run of it.
for name in ("/box/sitecustomize.py", "/box/usercustomize.py", "/box/os.py", "/box/encodings.py"):
    open(name, "w").write("print('taken over', flush=True)\n")
open("/box/x.pth", "w").write("import sys; print('taken over', flush=True)\n")
verdict("variables", not [name for name in os.environ if name.startswith("PYTHON")])
verdict("isolated", sys.flags.isolated == 1 and sys.flags.ignore_environment == 1)
verdict("path", "" not in sys.path and "/box" not in sys.path, str(sys.path))
output = subprocess.run([sys.executable, "-I", "-c", "print('own')"], capture_output=True, text=True).stdout
verdict("child", output == "own\n", output)
verdict("user-site", not site.ENABLE_USER_SITE)
