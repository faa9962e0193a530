"""What the API takes and answers: typed dictionaries, one for each schema of its description."""

from .generated.types import *  # noqa: F403
