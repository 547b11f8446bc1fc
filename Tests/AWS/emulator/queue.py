"""SQS: attributes that moto forgets or spells anew."""

from moto.sqs.models import Queue

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
