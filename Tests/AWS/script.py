"""deploy.sh against the emulator: what it refuses before it starts, deploy, the console, plan, outputs, destroy."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from deployment import HERE, IMAGE, ROOT, Emulator
from roles import client


def fail(problem):
    raise SystemExit(f"AWS tests: FAILED: {problem}")


class Script:
    """deploy.sh in a copy of the folders that it reads, with programs that are programs and no more."""

    def __init__(self, folder, endpoint):
        self.folder = Path(folder)
        ignored = shutil.ignore_patterns(".terraform*", "*.tfstate*")
        shutil.copytree(ROOT / "stack/aws", self.folder / "stack/aws", ignore=ignored)
        shutil.copy(HERE / "emulator_override.tf", self.folder / "stack/aws")
        self.write("stack/web/dist/index.html", "<!doctype html><title>console</title>")
        self.write("stack/web/dist/app-0123abcd.js", "export {}")
        self.binaries = self.folder / "binaries"
        self.binaries.mkdir()
        for program in ("rce-api", "rce-dispatcher"):
            shutil.copy("/bin/true", self.binaries / program)
        self.environment = {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_EC2_METADATA_DISABLED": "true"}

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *words, expected=0, says="", answer="", **environment):
        command = [self.folder / "stack/aws/deploy.sh", *words, "--profile", "basic", "--region", "us-east-1"]
        command += ["--architecture", os.uname().machine.replace("aarch64", "arm64"), "--binaries", self.binaries]
        command += [] if words[0] in ("outputs", "dead-letters", "redrive") else ["--image", IMAGE, "--", "-var=dispatch_enabled=false"]
        result = subprocess.run(
            command, env={**self.environment, **environment}, input=answer, text=True, timeout=400,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        print(f"  deploy.sh {words[0]}: exit {result.returncode}", flush=True)
        if result.returncode != expected or says not in result.stdout + result.stderr:
            fail(f"deploy.sh {' '.join(words)}: exit {result.returncode}, not {expected} with “{says}”:\n"
                 f"{result.stdout[-3000:]}{result.stderr[-3000:]}")
        return result.stdout


    def shell(self, commands):
        """What commands of the README say in the repository's folder."""
        region = {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
        result = subprocess.run(
            ["bash", "-c", commands], cwd=self.folder, env={**self.environment, **region}, text=True, timeout=200,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode:
            fail(f"commands of the README exit {result.returncode}:\n{commands}\n{result.stdout[-3000:]}")
        return result.stdout


def check_refusals(script):
    script.run("reboot", expected=2, says="unknown command reboot")
    script.run("plan", "--environment", "moon", expected=2, says="--environment must be dev, staging or prod, got moon")
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    script.run("plan", expected=3, says="there are no usable AWS credentials", **nobody)
    script.run("plan", expected=3, says="cannot be reached", AWS_ENDPOINT_URL="http://127.0.0.1:9")
    (script.binaries / "rce-api").rename(script.binaries / "away")
    script.run("plan", expected=3, says="run `make build`")
    (script.binaries / "away").rename(script.binaries / "rce-api")


def check_console(endpoint, outputs):
    s3 = client("s3", endpoint, None)
    page = s3.head_object(Bucket=outputs["console_bucket"], Key="index.html")
    script = s3.head_object(Bucket=outputs["console_bucket"], Key="app-0123abcd.js")
    if (page["ContentType"], page["CacheControl"]) != ("text/html; charset=utf-8", "no-cache"):
        fail(f"the console's page has the headers {page['ResponseMetadata']['HTTPHeaders']}")
    if "javascript" not in script["ContentType"] or "immutable" not in script["CacheControl"]:
        fail(f"the console's script has the headers {script['ResponseMetadata']['HTTPHeaders']}")
    made = client("cloudfront", endpoint, None).list_invalidations(DistributionId=outputs["distribution_id"])
    if made["InvalidationList"]["Quantity"] != 1:
        fail("the distribution still serves the old console")


def check_isolation(endpoint, outputs):
    """The executors' subnets lead nowhere."""
    functions, ec2 = client("lambda", endpoint, None), client("ec2", endpoint, None)
    network = functions.get_function_configuration(FunctionName=outputs["function_names"]["executor"])["VpcConfig"]
    for subnet in network["SubnetIds"]:
        tables = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])["RouteTables"]
        ways = [route for table in tables for route in table["Routes"] if route.get("GatewayId") != "local"]
        if len(tables) != 1 or ways:
            fail(f"executors have a way out of {subnet}: {ways}")
    for group in ec2.describe_security_groups(GroupIds=network["SecurityGroupIds"])["SecurityGroups"]:
        if group["IpPermissions"]:
            fail(f"something may talk to executors: {group['IpPermissions']}")


def check_dead_letters(script, endpoint, outputs):
    """A dead letter is shown, stays, as the debug commands see, and is put back when that is confirmed."""
    sqs = client("sqs", endpoint, None)
    sqs.send_message(QueueUrl=outputs["dead_letter_queue_url"], MessageBody="given up")
    shown = json.loads(script.run("dead-letters", "--json"))
    if [letter["body"] for letter in shown] != ["given up"]:
        fail(f"the dead letters are shown as {shown}")
    check_debug_commands(script)
    script.run("redrive", answer="yes\n", says="on their way")
    back = sqs.receive_message(QueueUrl=outputs["queue_url"], WaitTimeSeconds=0).get("Messages", [])
    if [message["Body"] for message in back] != ["given up"]:
        fail(f"back in the queue are {back}")


def check_debug_commands(script):
    """The commands of the README's section on trouble, as they are written there."""
    text = (ROOT / "stack/aws/README.md").read_text()
    lines = text[text.index("    name=rce-dev\n"):].split("\n\n")[0].replace(" --follow", "")
    if b"aws-cli/1." in subprocess.run(["aws", "--version"], capture_output=True).stdout:
        # Its older version has no `logs tail`, takes no `--cli-binary-format`, and asks AWS itself for queues.
        lines = re.sub(r".* logs tail .*\n", "", lines).replace("--cli-binary-format raw-in-base64-out ", "")
        lines = lines.replace("aws sqs", "aws sqs --endpoint-url $AWS_ENDPOINT_URL")
    script.write("request.json", "{}")
    said = script.shell("set -e\n" + lines.replace("deploy.sh dead-letters", "deploy.sh dead-letters --profile basic"))
    for wanted in ("StatusCode", "ApproximateNumberOfMessages", "module.queue.aws_sqs_queue.jobs", "given up"):
        if wanted not in said:
            fail(f"the README's debug commands did not say {wanted}:\n{said}")


def main():
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "emulator.log", "w") as log, Emulator(log) as emulator:
        script = Script(folder, emulator.url)
        check_refusals(script)
        script.run("deploy", "--yes", says="console  https://")
        outputs = {k: v["value"] for k, v in json.loads(script.run("outputs", "--json")).items()}
        check_console(emulator.url, outputs)
        check_isolation(emulator.url, outputs)
        check_dead_letters(script, emulator.url, outputs)
        script.run("plan", says="No changes")
        script.run("update-api", "--yes", says="Apply complete")
        script.run("destroy", expected=3, says="nothing was removed", answer="yes\n")
        script.run("destroy", answer="rce-dev\n", says="Destroy complete")
    print("AWS tests: deploy.sh deployed and destroyed", flush=True)


if __name__ == "__main__":
    print("AWS tests: deploy.sh, profile basic", flush=True)
    main()
