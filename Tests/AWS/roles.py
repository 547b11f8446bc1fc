"""Least privilege, proved: each deployed role makes each call, signed, with the emulator's checks on."""

import json
import re

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

OK, NO = "allowed", "denied"
# Call: what the API's role, the dispatcher's and the executor's must be answered.
EXPECTED = {
    "send to the queue": (OK, NO, NO),
    "receive from the queue": (NO, OK, NO),
    "delete a message": (NO, OK, NO),
    "change a message's visibility": (NO, OK, NO),
    "read the queue's depth": (OK, OK, NO),
    "read the dead letters' depth": (OK, NO, NO),
    "send to the dead letters": (NO, NO, NO),
    "receive from the dead letters": (NO, NO, NO),
    "purge the queue": (NO, NO, NO),
    "delete the queue": (NO, NO, NO),
    "put code": (OK, NO, NO),
    "get code": (NO, OK, NO),
    "delete code": (NO, OK, NO),
    "put beside the code's prefix": (NO, NO, NO),
    "get beside the code's prefix": (NO, NO, NO),
    "put into the console's bucket": (NO, NO, NO),
    "list the code": (NO, NO, NO),
    "invoke the executor": (NO, OK, NO),
    "invoke the API's function": (NO, NO, NO),
    "change the executor": (NO, NO, NO),
    "read the role": (NO, NO, NO),
    "attach a network interface": (NO, NO, NO),
}
ROLES = ("api", "dispatcher", "executor")


def client(service, endpoint, credentials):
    keys = {} if credentials is None else {
        "aws_access_key_id": credentials["AccessKeyId"], "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials.get("SessionToken")}
    keys = keys or {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    settings = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
    return boto3.client(service, region_name="us-east-1", endpoint_url=endpoint, config=settings, **keys)


def calls(endpoint, credentials, outputs):
    """Every call, as a function of nothing."""
    services = ("sqs", "s3", "iam", "ec2", "lambda")
    sqs, s3, iam, ec2, functions = (client(name, endpoint, credentials) for name in services)
    queue, dead, code = outputs["queue_url"], outputs["dead_letter_queue_url"], outputs["code_bucket"]
    depth = ["ApproximateNumberOfMessages"]
    return {
        "send to the queue": lambda: sqs.send_message(QueueUrl=queue, MessageBody="job"),
        "receive from the queue": lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=0),
        "delete a message": lambda: sqs.delete_message(QueueUrl=queue, ReceiptHandle="none"),
        "change a message's visibility": lambda: sqs.change_message_visibility(
            QueueUrl=queue, ReceiptHandle="none", VisibilityTimeout=0),
        "read the queue's depth": lambda: sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=depth),
        "read the dead letters' depth": lambda: sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=depth),
        "send to the dead letters": lambda: sqs.send_message(QueueUrl=dead, MessageBody="job"),
        "receive from the dead letters": lambda: sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=0),
        "purge the queue": lambda: sqs.purge_queue(QueueUrl=queue),
        "delete the queue": lambda: sqs.delete_queue(QueueUrl=queue),
        "put code": lambda: s3.put_object(Bucket=code, Key="jobs/a", Body=b"print(1)"),
        "get code": lambda: s3.get_object(Bucket=code, Key="jobs/there"),
        "delete code": lambda: s3.delete_object(Bucket=code, Key="jobs/gone"),
        "put beside the code's prefix": lambda: s3.put_object(Bucket=code, Key="other/a", Body=b"x"),
        "get beside the code's prefix": lambda: s3.get_object(Bucket=code, Key="other/there"),
        "put into the console's bucket": lambda: s3.put_object(
            Bucket=outputs["console_bucket"], Key="index.html", Body=b"x"),
        "list the code": lambda: s3.list_objects_v2(Bucket=code),
        "invoke the executor": lambda: functions.invoke(
            FunctionName=outputs["function_names"]["executor"], Qualifier="live", Payload=b"{}"),
        "invoke the API's function": lambda: functions.invoke(
            FunctionName=outputs["function_names"]["api"], Payload=b"{}"),
        "change the executor": lambda: functions.update_function_configuration(
            FunctionName=outputs["function_names"]["executor"], Timeout=900),
        "read the role": lambda: iam.get_role(RoleName=outputs["function_names"]["api"]),
        "attach a network interface": lambda: ec2.create_network_interface(SubnetId="subnet-1"),
    }


def answer(call):
    """Whether a call was permitted: an error about anything but rights is one that a permitted call can have."""
    try:
        call()
    except ClientError as error:
        code, status = reason(error)
        if code in ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation"):
            return NO
        # A right that is there is not enough for a message that is not; anything else was not judged at all.
        return OK if status in (400, 404) else f"neither ({status} {code})"
    return OK


def reason(error):
    """The code and the status of a refusal; the emulator refuses in XML, whatever the service speaks."""
    code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    inside = re.search("<Code>(.*?)</Code>", error.response["Error"].get("Message", ""))
    return (inside[1] if inside else code), status


def assume(endpoint, outputs):
    sts = client("sts", endpoint, None)
    return {
        role: sts.assume_role(RoleArn=outputs["role_arns"][role], RoleSessionName=role)["Credentials"] for role in ROLES}


def differences(emulator, credentials, outputs):
    """What the roles are answered otherwise than they must be."""
    found = []
    emulator.check_rights(True)
    try:
        for place, role in enumerate(ROLES):
            for name, call in calls(emulator.url, credentials[role], outputs).items():
                got, wanted = answer(call), EXPECTED[name][place]
                if got != wanted:
                    found.append(f"{role}: {name}: {got}, must be {wanted}")
    finally:
        emulator.check_rights(False)
    return found


def refusal(emulator, credentials, outputs):
    emulator.check_rights(True)
    try:
        client("sqs", emulator.url, credentials).send_message(QueueUrl=outputs["queue_url"], MessageBody="job")
        return "nothing"
    except ClientError as error:
        return reason(error)[0]
    finally:
        emulator.check_rights(False)


def add_right(emulator, role, statement):
    """Widens a role as a careless change would."""
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client("iam", emulator.url, None).put_role_policy(RoleName=role, PolicyName="wider", PolicyDocument=document)


def remove_right(emulator, role):
    client("iam", emulator.url, None).delete_role_policy(RoleName=role, PolicyName="wider")
