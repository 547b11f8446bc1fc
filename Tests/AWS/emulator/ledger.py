"""Counts the calls that reach the emulator: GET /rce-tests/calls tells them and forgets them.

Counted by access key, service and operation, so that what each program asks for can be told apart.
"""

import json
import re
import threading
from collections import Counter

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

_counts = Counter()
_lock = threading.Lock()
_call = DomainDispatcherApplication.__call__


def _name(environ):
    """KEY SERVICE OPERATION; the operation is the target's last word, or the method where the protocol is REST."""
    signed = re.search("Credential=([^/]+)/[^/]+/[^/]+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    operation = environ.get("HTTP_X_AMZ_TARGET", environ["REQUEST_METHOD"]).rsplit(".", 1)[-1]
    return " ".join([*signed.groups(), operation]) if signed else None


def _counted(self, environ, start_response):
    if environ["PATH_INFO"] == "/rce-tests/calls":
        with _lock:
            body = json.dumps(_counts).encode()
            _counts.clear()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]
    if name := _name(environ):
        with _lock:
            _counts[name] += 1
    return _call(self, environ, start_response)


DomainDispatcherApplication.__call__ = _counted
