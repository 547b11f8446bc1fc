"""Functions of Lambda on this machine: any bootstrap under rce-lambda-host, invoked by AWS's own client."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config

from deployment import ROOT, free_port

PROGRAMS = Path(os.environ.get("RCE_PROGRAMS", ROOT / ".build/release"))


def missing_programs():
    """Programs that are not built."""
    names = ("rce-lambda-host", "rce-api", "rce-dispatcher", "rce-executor", "rce-jail", "rce-init", "librce-zygote.so")
    return [name for name in names if not (PROGRAMS / name).exists()]


class Function:
    """One function until the end of the block; `log` is what the host wrote."""

    def __init__(self, name, command, variables=None, port=None, **options):
        self.name, self.command, self.variables, self.options = name, command, variables or {}, options
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.file = tempfile.TemporaryFile("w+")
        words = [PROGRAMS / "rce-lambda-host", "function", "--name", self.name, "--listen", f"127.0.0.1:{self.port}"]
        for option, value in self.options.items():
            words += [f"--{option.replace('_', '-')}", str(value)]
        for variable in self.variables:  # by name only: a value may be a secret, and command lines can be seen
            words += ["--variable", variable]
        environment = {"PATH": os.environ["PATH"], **self.variables}
        self.process = subprocess.Popen(
            [*words, "--", *self.command], env=environment, stdout=self.file, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 30
        while "rce-lambda-host ready" not in self.log:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"AWS tests: {self.name} did not start:\n{self.log[-3000:]}")
            time.sleep(0.02)
        settings = Config(retries={"total_max_attempts": 1}, read_timeout=120, max_pool_connections=16)
        self.client = boto3.client(
            "lambda", region_name="us-east-1", endpoint_url=self.url, config=settings, aws_access_key_id="test",
            aws_secret_access_key="test")
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.file.close()

    @property
    def log(self):
        self.file.flush()
        return Path(f"/proc/self/fd/{self.file.fileno()}").read_text()

    def invoke(self, payload, **more):
        """The answer's payload, and the whole answer."""
        answer = self.client.invoke(FunctionName=self.name, Payload=payload, **more)
        return answer["Payload"].read(), answer

    def count(self, word):
        """Lines of the log that start with a word, for example START."""
        return sum(line.startswith(word) for line in self.log.splitlines())
