"""AWS's own client of the Runtime API (awslambdaric) under rce-lambda-host: an independent check of the emulator."""

import base64
import json
import re
import sys
import tempfile
from pathlib import Path

from functions import Function

HANDLERS = """
import os, time

def answers(event, context):
    return {"got": event, "id": context.aws_request_id, "left": context.get_remaining_time_in_millis(),
            "memory": context.memory_limit_in_mb, "name": context.function_name, "tenant": context.tenant_id,
            "root": os.environ["LAMBDA_TASK_ROOT"], "api": os.environ["AWS_LAMBDA_RUNTIME_API"], "pid": os.getpid()}

def raises(event, context):
    raise ValueError("no such job")

def sleeps(event, context):
    time.sleep(event["seconds"])
    return os.getpid()

def exits(event, context):
    os._exit(3)
"""
REPORT = re.compile(
    r"REPORT RequestId: \S+\tDuration: (?P<duration>[0-9.]+) ms\tBilled Duration: (?P<billed>\d+) ms\tMemory Size: "
    r"(?P<size>\d+) MB\tMax Memory Used: (?P<used>\d+) MB\t(Init Duration: (?P<init>[0-9.]+) ms\t)?"
    r"(Status: (?P<status>\w+))?(\tError Type: (?P<type>[\w.]+))?\n")


def expect(condition, what):
    if not condition:
        raise SystemExit(f"AWS tests: FAILED: awslambdaric: {what}")


def function(folder, handler, **options):
    command = [sys.executable, "-m", "awslambdaric", f"app.{handler}"]
    return Function("client", command, folder=folder, memory=256, **{"timeout": "10s", **options})


def call(client, event):
    """What the function answered, its error's kind, and its REPORT line."""
    body, answer = client.invoke(json.dumps(event), LogType="Tail")
    report = REPORT.search(base64.b64decode(answer["LogResult"]).decode())
    expect(report, f"no REPORT line in {base64.b64decode(answer['LogResult'])}")
    return json.loads(body), answer.get("FunctionError"), report


def check_answers(folder):
    with function(folder, "answers") as client:
        said, error, cold = call(client, {"ü": [1, None]})
        expect(error is None and said["got"] == {"ü": [1, None]}, f"answered {said}")
        expect(8_000 < said["left"] <= 10_000, f"a deadline in {said['left']} ms, not in 10 s")
        expect(said["memory"] == "256" and said["name"] == "client" and said["root"] == str(folder), f"told {said}")
        expect(re.fullmatch(r"127\.0\.0\.1:\d+", said["api"]), f"the Runtime API is at {said['api']}")
        billed = float(cold["duration"]) + float(cold["init"] or "nan")
        expect(billed <= int(cold["billed"]) < billed + 1.02, f"billed {cold[0]}")
        expect(0 < int(cold["used"]) <= 256, f"memory: {cold[0]}")
        again, _, warm = call(client, {})
        expect(again["pid"] == said["pid"] and again["id"] != said["id"], "a second call is not warm")
        expect(warm["init"] is None and warm["status"] is None, f"a warm call: {warm[0]}")


def check_errors(folder):
    with function(folder, "raises") as client:
        said, error, report = call(client, {})
        expect(error == "Unhandled", f"the function error is {error}")
        expect((said["errorType"], said["errorMessage"]) == ("ValueError", "no such job"), f"raised {said}")
        expect(report["status"] == "error" and report["type"], f"an error: {report[0]}")
        expect("app.py" in said["stackTrace"][0], f"a trace of {said}")
        expect(call(client, {})[2]["init"] is None, "an environment ended with an error of its handler")
    with function(folder, "exits") as client:
        said, error, report = call(client, {})
        expect(error == "Unhandled" and said["errorType"] == "Runtime.ExitError", f"an exit: {said}")
        expect((report["status"], report["type"]) == ("error", "Runtime.ExitError"), f"an exit: {report[0]}")


def check_deadline(folder):
    with function(folder, "sleeps", timeout="1s") as client:
        first = call(client, {"seconds": 0})[0]
        said, error, report = call(client, {"seconds": 30})
        expect(error == "Unhandled" and said["errorType"] == "Sandbox.Timedout", f"past its deadline: {said}")
        expect(said["errorMessage"].endswith("Task timed out after 1.00 seconds"), f"past its deadline: {said}")
        expect(report["status"] == "timeout" and 1_000 <= int(report["billed"]) < 3_000, f"billed {report[0]}")
        second, _, cold = call(client, {"seconds": 0})
        expect(second != first and cold["init"], "the environment outlived its deadline")


def check_start(folder):
    with function(folder, "absent") as client:
        said = json.loads(client.invoke("{}")[0])
        expect(said["errorType"] == "Runtime.HandlerNotFound", f"a handler that is not there: {said}")
    (folder / "app.py").write_text("import nothing_of_this_name\n")
    with function(folder, "answers") as client:
        said = json.loads(client.invoke("{}")[0])
        expect(said["errorType"] == "Runtime.ImportModuleError", f"a module that is not there: {said}")
        told = "Phase: init\tStatus: error\tError Type: Runtime.ImportModuleError"
        expect("INIT_REPORT" in client.log and told in client.log, f"the log of a failed start: {client.log}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        (place / "app.py").write_text(HANDLERS)
        for check in (check_answers, check_errors, check_deadline, check_start):
            check(place)
    print("AWS tests: awslambdaric answers, raises, times out and fails to start under rce-lambda-host", flush=True)
