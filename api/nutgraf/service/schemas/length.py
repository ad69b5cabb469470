"""Schema of a length: a number in one unit, or the name of a profile."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from nutgraf.service.length_profiles import DEFAULTS, Profiles, find_profile
from nutgraf.service.schemas.fields import Ratio, StrictSchema, WholeNumber, described
from nutgraf.summarizer import Length

MAX_LENGTH = 1_000_000
LENGTH_UNITS = ("sentences", "words", "characters", "ratio")


def bounded(minimum: int, maximum: int) -> list[validate.Validator]:
    """Returns the validator of a whole number from `minimum` to `maximum`, both included."""
    return [validate.Range(minimum, maximum, error=f"Must be between {minimum} and {maximum}.")]


class LengthSchema(StrictSchema):
    """The maximum length of a summary."""

    json_schema = {  # noqa: RUF012
        "description": "Maximum length: exactly one of `sentences`, `words`, `characters` and `ratio`. It is never "
        "exceeded, and sentences are never cut to reach it."
    }

    sentences = WholeNumber(validate=bounded(1, MAX_LENGTH), metadata=described("Maximum number of sentences.", 5))
    words = WholeNumber(validate=bounded(1, MAX_LENGTH), metadata=described("Maximum number of words.", 120))
    characters = WholeNumber(
        validate=bounded(1, MAX_LENGTH), metadata=described("Maximum number of characters, including spaces.", 600)
    )
    ratio = Ratio(
        validate=validate.Range(0, 1, min_inclusive=False, error="Must be above 0 and at most 1."),
        metadata=described("Maximum share of the words of all usable text.", 0.2),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_unit(self, loaded: Any, sent: Any, **kwargs: Any) -> None:
        if isinstance(sent, Mapping) and sum(unit in sent for unit in LENGTH_UNITS) != 1:
            raise ValidationError(f"Must have exactly one of {', '.join(LENGTH_UNITS)}.")

    @post_load
    def _length(self, loaded: Mapping[str, Any], **kwargs: Any) -> Length:
        ((unit, value),) = loaded.items()
        return Length(unit, value)  # type: ignore[arg-type]  # the schema's fields are the units


class LengthOrProfile(fields.Field[Length]):
    """A field that loads a length, or the name of a profile, as Length; its schema sets `profiles`."""

    profiles: Profiles = DEFAULTS

    def __init__(self, **kwargs: Any) -> None:
        metadata = {
            "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Length"}],
            "examples": ["push", {"words": 60}],
        }
        super().__init__(metadata=metadata | kwargs.pop("metadata", {}), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Length:
        if not isinstance(value, str):
            length: Length = LengthSchema().load(value)
            return length
        try:
            return find_profile(value, self.profiles)
        except ValueError as error:
            raise ValidationError(str(error)) from error
