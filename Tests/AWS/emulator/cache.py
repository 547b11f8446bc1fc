"""ElastiCache: parameter groups, the nodes of a replication group, and deletions that end."""

import re

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache import models
from moto.elasticache.exceptions import CacheClusterNotFound, ElastiCacheException, ReplicationGroupNotFound
from moto.elasticache.responses import ElastiCacheResponse

GROUPS = {}


class NoSuchGroup(ElastiCacheException):
    code = "CacheParameterGroupNotFound"
    status = 404


def _group(self):
    name = self._get_param("CacheParameterGroupName")
    if name not in GROUPS:
        raise NoSuchGroup(f"CacheParameterGroup {name} not found")
    return GROUPS[name]


def create_cache_parameter_group(self):
    name = self._get_param("CacheParameterGroupName")
    arn = f"arn:aws:elasticache:{self.region}:{self.current_account}:parametergroup:{name}"
    GROUPS[name] = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": self._get_param("CacheParameterGroupFamily"),
        "Description": self._get_param("Description"),
        "ARN": arn,
        "parameters": {},
    }
    self.elasticache_backend.tagging_service.tag_resource(arn, self._get_param("Tags") or [])
    return ActionResult({"CacheParameterGroup": GROUPS[name]})


def describe_cache_parameter_groups(self):
    return ActionResult({"CacheParameterGroups": [_group(self)]})


def describe_cache_parameters(self):
    parameters = _group(self)["parameters"].items()
    return ActionResult({"Parameters": [{"ParameterName": n, "ParameterValue": v, "Source": "user"} for n, v in parameters]})


def modify_cache_parameter_group(self):
    group = _group(self)
    for parameter in self._get_param("ParameterNameValues") or []:
        group["parameters"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return ActionResult({"CacheParameterGroupName": group["CacheParameterGroupName"]})


def reset_cache_parameter_group(self):
    group = _group(self)
    for parameter in self._get_param("ParameterNameValues") or []:
        group["parameters"].pop(parameter["ParameterName"], None)
    return ActionResult({"CacheParameterGroupName": group["CacheParameterGroupName"]})


def delete_cache_parameter_group(self):
    GROUPS.pop(_group(self)["CacheParameterGroupName"])
    return EmptyResult()


def delete_cache_subnet_group(self):
    self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
    return EmptyResult()


def describe_cache_clusters(self):
    wanted = self._get_param("CacheClusterId")
    for group in self.elasticache_backend.replication_groups.values():
        if wanted in group.member_clusters:
            return ActionResult({"CacheClusters": [_node(wanted, group)]})
    raise CacheClusterNotFound(wanted)


def _node(name, group):
    return {
        "CacheClusterId": name,
        "CacheClusterStatus": "available",
        "ReplicationGroupId": group.replication_group_id,
        "CacheNodeType": group.cache_node_type,
        "Engine": group.engine,
        "EngineVersion": f"{group.engine_version}.0",
        "NumCacheNodes": 1,
        "AutoMinorVersionUpgrade": True,
        "CacheSubnetGroupName": group.cache_subnet_group_name,
        "CacheParameterGroup": {"CacheParameterGroupName": group.cache_parameter_group_name},
        "SecurityGroups": [{"SecurityGroupId": s, "Status": "active"} for s in group.security_group_ids or []],
        "PreferredMaintenanceWindow": "sun:05:00-sun:06:00",
        "TransitEncryptionEnabled": group.transit_encryption_enabled,
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "AuthTokenEnabled": group.auth_token_enabled,
    }


for operation in (
    create_cache_parameter_group, describe_cache_parameter_groups, describe_cache_parameters,
    modify_cache_parameter_group, reset_cache_parameter_group, delete_cache_parameter_group,
    delete_cache_subnet_group, describe_cache_clusters,
):
    setattr(ElastiCacheResponse, operation.__name__, operation)

Backend = models.ElastiCacheBackend
_made = Backend.__init__
_described = Backend.describe_replication_groups
_members = models.ReplicationGroup._set_node_members_clusters_disabled


def _init(self, region_name, account_id):
    _made(self, region_name, account_id)
    self.arn_regex = re.compile(r"^arn:aws:elasticache:")  # parameter groups have tags, too


def _describe(self, replication_group_id=None):
    group = self.replication_groups.get(replication_group_id)
    if group is not None and group.status == "deleting":  # for ever, so it is gone at the second look
        if getattr(group, "was_seen", False):
            del self.replication_groups[replication_group_id]
            raise ReplicationGroupNotFound(replication_group_id)
        group.was_seen = True
    return _described(self, replication_group_id)


def _set_members(self, **sizes):
    # The number of nodes counts only where the number of replicas is given.
    sizes["replicas_per_node_group"] = sizes["replicas_per_node_group"] or sizes["num_cache_clusters"] - 1
    return _members(self, **sizes)


Backend.__init__ = _init
Backend.describe_replication_groups = _describe
models.ReplicationGroup._set_node_members_clusters_disabled = _set_members
