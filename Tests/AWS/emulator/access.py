"""IAM: two conditions that moto does not know, and would answer with a denial of everything.

This endpoint stands for one with TLS, so what is denied without TLS is not denied. And whoever holds a role here holds
it as a function's program does, so conditions on the calling function are met.
"""

import copy

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

# The rights that calls need where moto takes the call's own name for it.
RIGHTS = {
    "lambda:Invoke": "lambda:InvokeFunction", "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:SendMessageBatch": "sqs:SendMessage", "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}
_permitted = IAMPolicyStatement.is_action_permitted


def _is_action_permitted(self, action, resource="*", principal=None, incoming_condition_values=None):
    action = RIGHTS.get(action, action)
    condition = self._statement.get("Condition") or {}
    if "aws:SecureTransport" in condition.get("Bool", {}):
        return PermissionResult.NEUTRAL
    if "lambda:SourceFunctionArn" in condition.get("ArnLike", {}):
        self = copy.copy(self)
        self._statement = {k: v for k, v in self._statement.items() if k != "Condition"}
    return _permitted(self, action, resource, principal, incoming_condition_values)


IAMPolicyStatement.is_action_permitted = _is_action_permitted
