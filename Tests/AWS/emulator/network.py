"""EC2: the description of a rule that names a group or a prefix list, which moto looks for in the address range only."""

from moto.ec2.models.security_groups import SecurityGroupRule

_init = SecurityGroupRule.__init__


def _remember(self, *arguments, **named):
    _init(self, *arguments, **named)
    prefix_list = named.get("prefix_list_id") or next((a for a in arguments if isinstance(a, dict) and "PrefixListId" in a), {})
    self.own_description = prefix_list.get("Description")


def _description(rule):
    return rule.ip_range.get("Description") or rule.source_group.get("Description") or rule.own_description


SecurityGroupRule.__init__ = _remember
SecurityGroupRule.description = property(_description)
