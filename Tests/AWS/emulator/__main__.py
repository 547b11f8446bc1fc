"""python -m emulator -H 127.0.0.1 -p PORT"""

import sys

from . import access, budget, cache, distribution, functions, ledger, network, queue  # noqa: F401
from moto.server import main

main(sys.argv[1:])
