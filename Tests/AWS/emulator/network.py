"""EC2: the description of a rule that names a group or a prefix list, which moto looks for in the address range only."""

from moto.ec2.models.security_groups import SecurityGroupRule

_init = SecurityGroupRule.__init__


def _remember(self, *arguments, **named):
    _init(self, *arguments, **named)
    given = [value for value in (*arguments, *named.values()) if isinstance(value, dict) and "PrefixListId" in value]
    self.own_description = given[0].get("Description") if given else None


def _description(rule):
    return rule.ip_range.get("Description") or rule.source_group.get("Description") or rule.own_description


SecurityGroupRule.__init__ = _remember
SecurityGroupRule.description = property(_description)
