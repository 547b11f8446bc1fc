"""Serves an image's root file system as a function, as Lambda would: image_function.py HOST ROOT CONFIG

HOST is rce-lambda-host, ROOT the mounted file system and CONFIG what `buildah inspect` says of the image. The entry point runs as another user than root, which can write nothing but /tmp, and speaks the Runtime API.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

USER, GROUP = 993, 990

# Language, program, and what the environment must say of how it was started: what the image has prepared is used.
JOBS = [
    ("python", "print(98765 * 4321)", ""),
    ("javascript", "console.log(98765 * 4321)", ""),
    ("cpp", "#include <bits/stdc++.h>\nint main() { std::cout << 98765 * 4321; }", '"pch"'),
    ("java", "public class Main { public static void main(String[] a) { System.out.println(98765 * 4321); } }", '"cds"'),
]
LIMITS = {"wallTimeMs": 30000, "cpuTimeMs": 30000, "memoryMB": 512, "outputBytes": 65536, "processes": 64,
          "fileBytes": 16777216}


def fail(what, log):
    raise SystemExit(f"image tests: FAILED: {what}\n{log.read_text()[-3000:]}")


def start(host, root, config, log):
    """The host with the image's entry point as its function, and the address of it."""
    words = [host, "function", "--name", "executor", "--timeout", "60s", "--memory", "2048"]
    for variable in config.get("Env", []):
        words += ["--variable", variable]
    command = ["/usr/sbin/chroot", f"--userspec={USER}:{GROUP}", root, *config["Entrypoint"]]
    with log.open("w") as file:
        process = subprocess.Popen([*words, "--", *command], stdout=file, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 30
    while "rce-lambda-host ready" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            fail("the host did not start", log)
        time.sleep(0.02)
    ready = next(line for line in log.read_text().splitlines() if line.startswith("rce-lambda-host ready"))
    return process, next(word for word in ready.split() if word.startswith("http://"))


def invoke(url, job):
    """What the function answered (Lambda's Invoke operation, without a signature)."""
    request = urllib.request.Request(
        f"{url}/2015-03-31/functions/executor/invocations", json.dumps(job).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.headers.get("X-Amz-Function-Error"), answer.read().decode()


def check_jobs(url, log):
    for number, (language, code, technique) in enumerate(JOBS):
        job = {"jobId": f"00000000-0000-4000-8000-00000000000{number}", "language": language, "code": code, "stdin": "",
               "args": [], "limits": LIMITS}
        error, answer = invoke(url, job)
        if error or "426763565" not in answer:
            fail(f"the {language} job answered {error} {answer}", log)
        if technique not in answer:
            fail(f"the {language} job did not use what the image has prepared: {answer}", log)
        print(f"image tests: {language} ran", flush=True)


def check_log(log):
    """One environment for all jobs, started once."""
    reports = [line for line in log.read_text().splitlines() if line.startswith("REPORT")]
    if len(reports) != len(JOBS) or sum("Init Duration" in line for line in reports) != 1:
        fail(f"{len(reports)} REPORT lines for {len(JOBS)} jobs, or not one cold start", log)


def main():
    host, root, config = sys.argv[1:]
    log = Path(tempfile.mkdtemp()) / "log"
    process, url = start(host, root, json.loads(Path(config).read_text())["OCIv1"]["config"], log)
    try:
        check_jobs(url, log)
        check_log(log)
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    os.umask(0o022)
    main()
