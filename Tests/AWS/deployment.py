"""A deployment of stack/aws to the emulator, in a copy of its folder."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/rce-dev-executor:1"
SECONDS = {"init": 60, "plan": 90, "apply": 240, "destroy": 180}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Emulator:
    """The emulator on a free port, stopped at the end of the block."""

    def __init__(self, log):
        self.log = log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        command = [sys.executable, "-m", "emulator", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(command, cwd=HERE, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.url + "/moto-api/data.json", timeout=5).read()
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"AWS tests: the emulator did not start; its log is {self.log.name}")

    def __exit__(self, *_):
        self.process.kill()  # it keeps nothing
        self.process.wait(60)

    def check_rights(self, on):
        """Switches the checking of signatures and policies on or off."""
        self.post("reset-auth", b"0" if on else b"inf")

    def calls(self):
        """The calls since the last reading, by access key, service and operation."""
        with urllib.request.urlopen(self.url + "/rce-tests/calls", timeout=10) as answer:
            return json.loads(answer.read())

    def post(self, path, body):
        request = urllib.request.Request(f"{self.url}/moto-api/{path}", data=body, headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(request, timeout=10).read()


class Deployment:
    """Terraform in a copy of stack/aws; every command under a time limit."""

    def __init__(self, folder, endpoint, **variables):
        self.folder = Path(folder)
        shutil.copytree(ROOT / "stack/aws", self.folder, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        shutil.copy(HERE / "emulator_override.tf", self.folder)
        for program in ("api", "dispatcher"):
            with zipfile.ZipFile(self.folder / f"{program}.zip", "w") as package:
                package.writestr(zipfile.ZipInfo("bootstrap"), "#!/bin/sh\n")
        self.variables = {
            "api_package": "api.zip", "dispatcher_package": "dispatcher.zip", "executor_image": IMAGE,
            # The emulator would run the function inside SendMessage.
            "dispatch_enabled": "false", **variables,
        }
        self.environment = {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_EC2_METADATA_DISABLED": "true"}
        self.environment.pop("TF_DATA_DIR", None)

    def terraform(self, command, *arguments, allowed=(0,)):
        """Runs a command; gives its exit code and what it said."""
        started = time.monotonic()
        words = ["terraform", *command.split(), "-no-color", *arguments]
        result = subprocess.run(
            words, cwd=self.folder, env=self.environment, timeout=SECONDS.get(command, 60), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(f"  {command}: exit {result.returncode}, {time.monotonic() - started:.0f} s", flush=True)
        if result.returncode not in allowed:
            raise SystemExit(f"AWS tests: terraform {command} failed:\n{result.stdout[-6000:]}")
        return result.returncode, result.stdout

    def chosen(self, changes):
        return [f"-var={name}={value}" for name, value in {**self.variables, **changes}.items()]

    def init(self):
        self.terraform("init", "-input=false")

    def apply(self, **changes):
        return self.terraform("apply", "-auto-approve", "-input=false", *self.chosen(changes))[1]

    def expect_no_changes(self, **changes):
        code, said = self.terraform("plan", "-input=false", "-detailed-exitcode", *self.chosen(changes), allowed=(0, 2))
        if code == 2:
            raise SystemExit(f"AWS tests: a second plan is not empty:\n{said[-6000:]}")

    def destroy(self):
        self.terraform("destroy", "-auto-approve", "-input=false", *self.chosen({}))

    def outputs(self):
        text = subprocess.run(
            ["terraform", "output", "-json"], cwd=self.folder, env=self.environment, check=True, timeout=60,
            stdout=subprocess.PIPE).stdout
        return {name: output["value"] for name, output in json.loads(text).items()}

    def resources(self):
        return self.terraform("state list")[1].split()
