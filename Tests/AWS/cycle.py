"""The life of a deployment on the emulator: apply, an empty second plan, rights, a change, destroy, nothing left."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jobs
import roles
from deployment import Deployment, Emulator
from functions import missing_programs

ORIGIN = "https://console.example.org"


def fail(problem):
    raise SystemExit(f"AWS tests: FAILED: {problem}")


def check_roles(emulator, outputs):
    admin = roles.client("s3", emulator.url, None)
    for key in ("jobs/there", "jobs/gone", "other/there"):
        admin.put_object(Bucket=outputs["code_bucket"], Key=key, Body=b"print(1)")
    credentials = roles.assume(emulator.url, outputs)
    found = roles.differences(emulator, credentials, outputs)
    if found:
        fail("rights differ:\n  " + "\n  ".join(found))
    print(f"  roles: {len(roles.EXPECTED)} calls of {len(roles.ROLES)} roles answered as they must be", flush=True)

    wider = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}
    name = outputs["function_names"]["api"]
    roles.add_right(emulator, name, wider)
    found = roles.differences(emulator, credentials, outputs)
    roles.remove_right(emulator, name)
    if found != ["api: send to the dead letters: allowed, must be denied"]:
        fail(f"a wider role was not noticed as such: {found}")

    # The explicit denial holds for the executor even if somebody gives it rights.
    name = outputs["function_names"]["executor"]
    roles.add_right(emulator, name, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    found = roles.differences(emulator, credentials, outputs)
    roles.remove_right(emulator, name)
    if found:
        fail(f"an executor with a wider role can: {found}")

    wrong = {**credentials["api"], "SecretAccessKey": "wrong"}
    if (code := roles.refusal(emulator, wrong, outputs)) != "SignatureDoesNotMatch":
        fail(f"a wrong secret got {code}")
    unknown = {**credentials["api"], "AccessKeyId": "ASIAUNKNOWN0000000000"}
    if (code := roles.refusal(emulator, unknown, outputs)) != "InvalidClientTokenId":
        fail(f"an unknown key got {code}")
    print("  roles: wider ones are noticed, wrong secrets refused", flush=True)


def use(emulator, outputs):
    """Runs jobs through what was deployed, where there are programs to run them with."""
    if missing := missing_programs():
        print(f"  jobs: SKIPPED: not built: {', '.join(missing)} (make build)", flush=True)
    elif not shutil.which("redis-server"):
        print("  jobs: SKIPPED: there is no redis-server", flush=True)
    else:
        jobs.check(emulator, outputs, ORIGIN)


def run(profile, folder):
    with open(folder / "emulator.log", "w") as log, Emulator(log) as emulator:
        deployment = Deployment(
            folder / "deployment", emulator.url, profile=profile, run_id="tests", monthly_budget_usd=20,
            alarm_email="ops@example.org", cors_origins=f'["{ORIGIN}"]')
        deployment.init()
        deployment.apply()
        print(f"  {len(deployment.resources())} resources", flush=True)
        deployment.expect_no_changes()
        outputs = deployment.outputs()
        check_roles(emulator, outputs)
        use(emulator, outputs)
        said = deployment.apply(api_max_queue=5000)
        if ", 0 destroyed" not in said or "0 added" not in said:
            fail(f"a changed setting did more than change:\n{said[-2000:]}")
        deployment.expect_no_changes(api_max_queue=5000)
        deployment.destroy()
        if left := deployment.resources():
            fail(f"left after destroy: {left}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        for chosen in sys.argv[1:] or ["lean"]:
            print(f"AWS tests: profile {chosen}", flush=True)
            try:
                folder = Path(temporary) / chosen
                folder.mkdir()
                run(chosen, folder)
            except subprocess.TimeoutExpired as slow:
                fail(f"{slow.cmd[:2]} took more than {slow.timeout} s")
    print("AWS tests: deployed, used and destroyed", flush=True)
