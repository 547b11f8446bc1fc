"""Lambda: an image function whose settings were not overridden has none to tell; and the right to invoke one function."""

import re
from urllib.parse import unquote

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse

_configuration = LambdaFunction.get_configuration


def _get_configuration(self, on_create=False):
    configuration = _configuration(self, on_create)
    settings = self.image_config
    if not (settings.cmd or settings.entry_point or settings.working_directory):
        configuration.pop("ImageConfigResponse", None)
    return configuration


LambdaFunction.get_configuration = _get_configuration


def _determine_resource(self):
    """The function that is invoked, which moto does not compare with what a policy names."""
    found = re.search("/functions/([^/]+)/invocations$", unquote(self.path))
    if not found:
        return "*"
    name = f"arn:aws:lambda:{self.region}:{self.current_account}:function:{found[1]}"
    qualifier = self.querystring.get("Qualifier")
    return f"{name}:{qualifier[0]}" if qualifier else name


LambdaResponse._determine_resource = _determine_resource
# There are no containers to run a function in; that it may be invoked is what can be told.
LambdaBackend.invoke = lambda self, *arguments, **named: "{}"
