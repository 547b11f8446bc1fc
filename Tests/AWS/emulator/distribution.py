"""CloudFront: response headers policies, and what moto forgets or invents of a distribution."""

import uuid

from moto.cloudfront import models, urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

POLICIES = {}
PATH = "{0}/2020-05-31/response-headers-policy"


class NoSuchPolicy(CloudFrontException):
    code = "NoSuchResponseHeadersPolicy"
    status = 404


def _answer(identifier):
    if identifier not in POLICIES:
        raise NoSuchPolicy(f"there is no response headers policy {identifier}")
    configuration, modified = POLICIES[identifier]
    policy = {"Id": identifier, "LastModifiedTime": modified, "ResponseHeadersPolicyConfig": configuration}
    return ActionResult({"ResponseHeadersPolicy": policy, "ETag": "E1", "Location": identifier})


def _put(self, identifier):
    POLICIES[identifier] = (self._get_param("ResponseHeadersPolicyConfig"), utcnow())
    return _answer(identifier)


def _delete(self):
    POLICIES.pop(self._get_param("Id"), None)
    return EmptyResult()


urls.url_paths[PATH + "$"] = CloudFrontResponse.dispatch
urls.url_paths[PATH + "/(?P<policy_id>[^/]+)$"] = CloudFrontResponse.dispatch
CloudFrontResponse.create_response_headers_policy = lambda self: _put(self, str(uuid.uuid4()))
CloudFrontResponse.update_response_headers_policy = lambda self: _put(self, self._get_param("Id"))
CloudFrontResponse.get_response_headers_policy = lambda self: _answer(self._get_param("Id"))
CloudFrontResponse.delete_response_headers_policy = _delete


def _after(owner, mend):
    """Lets a model be made, and then mends it from what it was made of."""
    make = owner.__init__

    def made(self, *arguments):
        make(self, *arguments)
        mend(self, arguments[-1])

    owner.__init__ = made


def _forwarding(behaviour, configuration):
    if configuration.get("CachePolicyId"):  # which takes the place of forwarded values
        behaviour.forwarded_values = None


_after(models.Origin, lambda origin, c: setattr(origin, "origin_access_control_id", c.get("OriginAccessControlId") or ""))
_after(models.DefaultCacheBehaviour, _forwarding)
_after(models.ViewerCertificate, lambda own, c: setattr(own, "ssl_support_method", c.get("SSLSupportMethod")))
# A distribution has no region, so its ARN has an empty one and a partition's account after it.
_after(models.Distribution, lambda own, _: setattr(own, "arn", own.arn.replace(":cloudfront:", ":cloudfront::", 1)))
