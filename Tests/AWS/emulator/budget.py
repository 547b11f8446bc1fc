"""Budgets: who is told, and tags."""

import json

from moto.budgets.responses import BudgetsResponse

TAGS = {}
_create = BudgetsResponse.create_budget


def create_budget(self):
    name = self._get_param("Budget")["BudgetName"]
    TAGS[f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"] = self._get_param("ResourceTags") or []
    return _create(self)


def list_tags_for_resource(self):
    return json.dumps({"ResourceTags": TAGS.get(self._get_param("ResourceARN"), [])})


def describe_subscribers_for_notification(self):
    budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    wanted = self._get_param("Notification")
    for notification in budget.notifications:
        same = ("NotificationType", "Threshold", "ComparisonOperator")
        if all(notification.details.get(key) == wanted.get(key) for key in same):
            return json.dumps({"Subscribers": notification.subscribers})
    return json.dumps({"Subscribers": []})


for operation in (create_budget, list_tags_for_resource, describe_subscribers_for_notification):
    setattr(BudgetsResponse, operation.__name__, operation)
