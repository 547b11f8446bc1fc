"""Jobs through what was deployed: its queue, bucket, roles and settings, with the programs as functions on this machine.

Lambda's part of it is played here: the poller receives from the deployed queue with the dispatcher's role, invokes the
dispatcher with the event that AWS documents, and deletes what the answer does not name.
"""

import json
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

import roles
from deployment import free_port
from functions import PROGRAMS, Function

LANGUAGES = {
    "python": "print(98765 * 4321)",
    "javascript": "console.log(98765 * 4321)",
    "cpp": "#include <iostream>\nint main() { std::cout << 98765LL * 4321; }",
    "java": "public class Main { public static void main(String[] a) { System.out.println(98765L * 4321); } }",
}
WANTED = "426763565"
FAR_TOO_LONG = "# " + "x" * 100_000 + "\n"  # goes to the bucket, as it does not fit the queue


def expect(condition, what):
    if not condition:
        raise SystemExit(f"AWS tests: FAILED: jobs: {what}")


class Redis:
    """A real one; the deployed address leads nowhere here."""

    def __enter__(self):
        self.port = free_port()
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.url = f"redis://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


class Platform:
    """The deployed parts put together, the programs under rce-lambda-host, until the end of the block."""

    def __init__(self, emulator, outputs, redis, folder):
        self.emulator, self.outputs, self.folder = emulator, outputs, folder
        self.submitted = self.large = self.batches = 0
        settings = roles.client("lambda", emulator.url, None)
        self.sqs = roles.client("sqs", emulator.url, None)
        self.keys = {role: {} for role in roles.ROLES}
        names = outputs["function_names"]
        self.deployed = {role: settings.get_function_configuration(FunctionName=names[role]) for role in names}
        executor_port = free_port()
        self.executor = self.function("executor", [PROGRAMS / "rce-executor"], port=executor_port, environments=10)
        more = {"RCE_REDIS_URL": redis.url, "AWS_ENDPOINT_URL": emulator.url, "AWS_REGION": outputs["region"]}
        there = {"AWS_ENDPOINT_URL_LAMBDA": f"http://127.0.0.1:{executor_port}"}
        self.api = self.function("api", [PROGRAMS / "rce-api"], more)
        self.dispatcher = self.function("dispatcher", [PROGRAMS / "rce-dispatcher"], {**more, **there})
        self.gateway = roles.client("apigatewayv2" if outputs["gateway"] == "http" else "apigateway", emulator.url, None)
        self.routes = deployed_routes(self)
        # What Lambda's own poller does is done with the dispatcher's role, too; under a key of its own, to be counted.
        self.poller_keys = roles.assume(emulator.url, outputs)["dispatcher"]
        self.poller = roles.client("sqs", emulator.url, self.poller_keys)

    def function(self, role, command, changes=None, **options):
        """A function as it was deployed: name, variables, memory, time limit; with its role's credentials."""
        deployed = self.deployed[role]
        # The image's entry point makes this folder; here it is one of the test's.
        variables = {**deployed["Environment"]["Variables"], "TMPDIR": str(self.folder), **(changes or {})}
        if role == "executor":
            variables["RCE_EXECUTOR_TECHNIQUES"] = "none"  # ten environments would all prepare headers and archives
        if role != "executor":
            keys = self.keys[role] = roles.assume(self.emulator.url, self.outputs)[role]
            variables |= {"AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
                          "AWS_SESSION_TOKEN": keys["SessionToken"]}
        return Function(deployed["FunctionName"], command, variables, memory=deployed["MemorySize"],
                        timeout=f"{deployed['Timeout']}s", **options)

    def __enter__(self):
        self.emulator.check_rights(True)
        for function in (self.executor, self.api, self.dispatcher):
            function.__enter__()
        return self

    def __exit__(self, *problem):
        self.emulator.check_rights(False)
        for function in (self.dispatcher, self.api, self.executor):
            if problem[0] and not function.file.closed:
                print(f"--- {function.name}\n{function.log[-3000:]}", flush=True)
            function.stop()

    # The client's side: API Gateway, which builds events of the deployed kind.

    def answer(self, method, path, body=None, **more):
        headers = {"content-type": "application/json", "host": "api.example.org", **more}
        if self.outputs["gateway"] == "rest":
            event = {"resource": path, "path": path, "httpMethod": method, "headers": headers, "body": body,
                     "multiValueHeaders": {k: [v] for k, v in headers.items()}, "queryStringParameters": None,
                     "pathParameters": None, "isBase64Encoded": False,
                     "requestContext": {"httpMethod": method, "path": f"/live{path}", "stage": "live"}}
        else:
            event = {"version": "2.0", "routeKey": f"{method} {path}", "rawPath": path, "rawQueryString": "",
                     "headers": headers, "body": body, "isBase64Encoded": False,
                     "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}}}
        said, answer = self.api.invoke(json.dumps(event))
        expect("FunctionError" not in answer, f"{method} {path}: {said}")
        return json.loads(said)

    def request(self, method, path, body=None):
        said = self.answer(method, path, body)
        return said["statusCode"], json.loads(said["body"])

    def submit(self, language, code, **more):
        status, said = self.request("POST", "/execute", json.dumps({"language": language, "code": code, **more}))
        expect(status == 202, f"a {language} job was answered {status} {said}")
        self.submitted += 1
        self.large += len(code) > 65_536
        return said["jobId"]

    def status(self, job):
        return self.request("GET", f"/job-status/{urllib.parse.quote(job)}")[1]

    # Lambda's side: the event source mapping.

    def receive(self):
        got = self.poller.receive_message(
            QueueUrl=self.outputs["queue_url"], MaxNumberOfMessages=10, WaitTimeSeconds=1, AttributeNames=["All"])
        return got.get("Messages", [])

    def dispatch(self, messages):
        """Invokes the dispatcher; gives the messages that must come again, after the others were deleted."""
        self.batches += 1
        records = [{
            "messageId": m["MessageId"], "receiptHandle": m["ReceiptHandle"], "body": m["Body"],
            "attributes": m["Attributes"], "messageAttributes": {}, "md5OfBody": m["MD5OfBody"],
            "eventSource": "aws:sqs", "eventSourceARN": self.outputs["queue_arn"], "awsRegion": "us-east-1",
        } for m in messages]
        said, answer = self.dispatcher.invoke(json.dumps({"Records": records}))
        expect("FunctionError" not in answer, f"the dispatcher failed: {said}")
        again = {failure["itemIdentifier"] for failure in json.loads(said)["batchItemFailures"]}
        done = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]}
                for i, m in enumerate(messages) if m["MessageId"] not in again]
        if done:
            self.poller.delete_message_batch(QueueUrl=self.outputs["queue_url"], Entries=done)
        return [m for m in messages if m["MessageId"] in again]


def deployed_routes(platform):
    """METHOD /path of everything that the gateway hands to the function."""
    api = platform.outputs["api_url"].split("//")[1].split(".")[0]
    if platform.outputs["gateway"] == "http":
        found = platform.gateway.get_routes(ApiId=api)["Items"]
        return {route["RouteKey"] for route in found}
    found = platform.gateway.get_resources(restApiId=api, embed=["methods"], limit=100)["items"]
    return {f"{method} {item['path']}" for item in found for method in item.get("resourceMethods", {})}


def check_cors(platform, origin):
    """A browser's preflight reaches the function, which lets in the pages that were named and no others."""
    expect({"OPTIONS /execute", "OPTIONS /job-status/{jobId}"} <= platform.routes, f"the routes: {platform.routes}")
    for page, allowed in ((origin, True), ("https://elsewhere.example.net", False)):
        asks = {"origin": page, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
        answer = platform.answer("OPTIONS", "/execute", **asks)
        headers = {name.lower(): values for name, values in {
            **answer.get("headers", {}), **answer.get("multiValueHeaders", {})}.items()}
        said = str(headers.get("access-control-allow-origin"))
        expect((page in said) == allowed, f"a preflight from {page}: {answer}")
        expect(not allowed or "POST" in str(headers.get("access-control-allow-methods")), f"the methods: {answer}")
        expect(answer["statusCode"] == 204, f"a preflight: {answer}")
    print("  jobs: preflights have their routes and let in what was named", flush=True)


def run_batch(platform, codes):
    """Submits all, and dispatches them as one batch; gives the messages and each job's end."""
    jobs = [platform.submit(language, code) for language, code in codes]
    messages = platform.receive()
    expect(len(messages) == len(jobs), f"{len(messages)} messages of {len(jobs)} jobs came at once")
    expect(not platform.dispatch(messages), "jobs must come again")
    return messages, [platform.status(job) for job in jobs]


def check_languages(platform):
    """One batch with a job of each language, and one whose code is too long for the queue."""
    codes = [*LANGUAGES.items(), ("python", FAR_TOO_LONG + LANGUAGES["python"])]
    messages, ends = run_batch(platform, codes)
    for code, end in zip(codes, ends):
        # On a busy machine a compiler that is read from the disk for the first time can exceed its time.
        if end.get("details", {}).get("errorType") == "timeout":
            end = run_batch(platform, [code])[1][0]
        expect(end["status"] == "completed" and end["result"].strip() == WANTED, f"{code[0]}: {end}")
    print(f"  jobs: {', '.join(LANGUAGES)} ran, and one with its code in the bucket", flush=True)
    return messages, ends


def check_duplicate(platform, messages, ends):
    """The same messages once more, as SQS may deliver them."""
    runs = platform.executor.count("START")
    expect(not platform.dispatch(messages), "duplicates must come again")
    expect([platform.status(end["jobId"]) for end in ends] == ends, "a duplicate changed a job's end")
    expect(platform.executor.count("START") == runs, "a duplicate ran again")
    print("  jobs: duplicates changed nothing and ran nothing", flush=True)


def check_ten_at_once(platform):
    """One dispatcher keeps ten programs in flight."""
    spans = [end["timings"] for end in run_batch(platform, [("python", "import time; time.sleep(4)")] * 10)[1]]
    # A program runs from s4 to s5.
    edges = sorted([(span["s4"], 1) for span in spans] + [(span["s5"], -1) for span in spans])
    running = most = 0
    for _, change in edges:
        running += change
        most = max(most, running)
    expect(most == 10, f"{most} of ten programs ran at once")
    print("  jobs: one dispatcher kept ten programs in flight", flush=True)


def check_counts(platform):
    """What was asked of AWS for these jobs, at most what the cost model counts: send 1, receive and delete 1 a batch."""
    names = {keys["AccessKeyId"]: role for role, keys in platform.keys.items() if keys}
    names[platform.poller_keys["AccessKeyId"]] = "poller"
    got = {}
    for name, count in platform.emulator.calls().items():
        key, call = name.split(" ", 1)
        got[f"{names.get(key, 'others')} {call}"] = count
    jobs, large, batches = platform.submitted, platform.large, platform.batches
    wanted = {"api sqs SendMessage": jobs, "api s3 PUT": large, "poller sqs ReceiveMessage": batches,
              "poller sqs DeleteMessageBatch": batches, "dispatcher s3 GET": large, "dispatcher s3 DELETE": large}
    expect(got == wanted, f"the calls were {got}, not {wanted}")
    a_job = sum(count for name, count in got.items() if " sqs " in name) / jobs
    expect(a_job <= 1 + 2 * batches / jobs, f"{a_job} calls of SQS a job")
    print(f"  jobs: {a_job:.2f} calls of SQS a job: one to send, two for each batch", flush=True)


def fail_again_and_again(platform, deliveries=3):
    """Delivers what is there until it is a dead letter; Lambda would wait for the visibility timeout in between."""
    for delivery in range(deliveries):
        messages = platform.receive()
        expect(len(messages) == 2, f"delivery {delivery + 1}: {len(messages)} messages of 2")
        expect(len(platform.dispatch(messages)) == 2, "a poison message was taken for done")
        for message in messages:
            platform.poller.change_message_visibility(
                QueueUrl=platform.outputs["queue_url"], ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    expect(platform.receive() == [], "a poison message came once more")


def check_poison(platform):
    """A job whose environment dies each time, and a message that asks for no job."""
    dead = platform.outputs["dead_letter_queue_url"]
    job = platform.submit("python", "print(1)")
    platform.emulator.check_rights(False)
    # What the checks of rights have left there.
    platform.sqs.purge_queue(QueueUrl=dead)
    platform.sqs.send_message(QueueUrl=platform.outputs["queue_url"], MessageBody="no job at all")
    platform.emulator.check_rights(True)
    port = platform.executor.port
    platform.executor.stop()
    platform.executor = platform.function("executor", ["/bin/false"], port=port, environments=10)
    platform.executor.__enter__()
    fail_again_and_again(platform)
    status = platform.status(job)
    details = status.get("details", {})
    expect(status["status"] == "failed" and details.get("errorType") == "internal_error", f"a poison job: {status}")
    expect("after 3 attempts" in status["error"], f"a poison job's reason: {status['error']}")
    platform.emulator.check_rights(False)
    letters = platform.sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10).get("Messages", [])
    bodies = sorted(letter["Body"] for letter in letters)
    expect(len(bodies) == 2 and "no job at all" in bodies and any(job in body for body in bodies), f"dead: {bodies}")
    print("  jobs: poison is a dead letter after three deliveries, its job has ended with a reason", flush=True)


def check(emulator, outputs, origin):
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Redis() as redis:
        Path(folder).chmod(0o755)
        with Platform(emulator, outputs, redis, folder) as platform:
            emulator.calls()
            messages, ends = check_languages(platform)
            check_cors(platform, origin)
            check_ten_at_once(platform)
            check_counts(platform)
            check_duplicate(platform, messages, ends)
            check_poison(platform)
    print(f"  jobs: {time.monotonic() - started:.0f} s", flush=True)
