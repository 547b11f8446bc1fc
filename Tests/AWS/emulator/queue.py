"""SQS: attributes that moto forgets or spells anew; and the operation that moves dead letters back."""

from moto.core.responses import ActionResult
from moto.sqs.models import Queue
from moto.sqs.responses import SQSResponse

# Given back as they were set: moto knows no redrive allow policy, and puts spaces into the redrive policy.
VERBATIM = ("RedrivePolicy", "RedriveAllowPolicy", "SqsManagedSseEnabled")

Queue.FIFO_ATTRIBUTES = Queue.FIFO_ATTRIBUTES + ["RedriveAllowPolicy"]  # the list of names that may be asked for
Queue.redrive_allow_policy = None

_set = Queue._set_attributes
_get = Queue.attributes.fget


def _set_attributes(self, attributes, now=None):
    policy = getattr(self, "policy", None)
    _set(self, attributes, now)
    if "Policy" not in attributes:  # any other change drops the policy
        self.policy = policy
    verbatim = self.__dict__.setdefault("verbatim", {})
    verbatim.update({name: value for name, value in attributes.items() if name in VERBATIM})


def _attributes(self):
    known = {name: value for name, value in self.__dict__.get("verbatim", {}).items() if value}
    return {**_get(self), **known}


Queue._set_attributes = _set_attributes
Queue.attributes = property(_attributes)


def _start_message_move_task(self):
    """Moves all dead letters to the queue that they came from."""
    backend, dead = self.sqs_backend, self._get_param("SourceArn").rsplit(":", 1)[-1]
    origin = backend.list_dead_letter_source_queues(dead)[0].name
    while letters := backend.receive_message(dead, 10, 0, 30):
        for letter in letters:
            backend.send_message(origin, letter.body)
            backend.delete_message(dead, letter.receipt_handle)
    return ActionResult({"TaskHandle": "moved"})


SQSResponse.start_message_move_task = _start_message_move_task
