"""Lambda: an image function whose image settings were not overridden has none to tell."""

from moto.awslambda.models import LambdaFunction

_configuration = LambdaFunction.get_configuration


def _get_configuration(self, on_create=False):
    configuration = _configuration(self, on_create)
    settings = self.image_config
    if not (settings.cmd or settings.entry_point or settings.working_directory):
        configuration.pop("ImageConfigResponse", None)
    return configuration


LambdaFunction.get_configuration = _get_configuration
