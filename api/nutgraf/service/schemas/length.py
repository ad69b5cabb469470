"""How long an extract may be: so much in one unit, or by the name of a profile."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from nutgraf.service.length_profiles import DEFAULTS, Profiles, find_profile
from nutgraf.service.schemas.fields import Share, Strict, WholeNumber, described
from nutgraf.summarizer import Length

MAX_LENGTH = 1_000_000
LENGTH_UNITS = ("sentences", "words", "characters", "ratio")


def bounded(least: int, most: int) -> list[validate.Validator]:
    """A validator for whole numbers in a range, ends included."""
    return [validate.Range(least, most, error=f"Must be between {least} and {most}.")]


class LengthSchema(Strict):
    """How long the summary may be."""

    json_schema = {  # noqa: RUF012
        "description": "At most so much, in exactly one unit. It is never exceeded, and no sentence is cut to meet it.",
        "oneOf": [{"required": [unit]} for unit in LENGTH_UNITS],
    }

    sentences = WholeNumber(validate=bounded(1, MAX_LENGTH), metadata=described("Sentences.", 5))
    words = WholeNumber(validate=bounded(1, MAX_LENGTH), metadata=described("Words.", 120))
    characters = WholeNumber(validate=bounded(1, MAX_LENGTH), metadata=described("Characters, spaces included.", 600))
    ratio = Share(
        validate=validate.Range(0, 1, min_inclusive=False, error="Must be above 0 and at most 1."),
        metadata=described("Share of the words of the usable text.", 0.2),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_unit(self, loaded: Any, given: Any, **kwargs: Any) -> None:
        if isinstance(given, Mapping) and sum(unit in given for unit in LENGTH_UNITS) != 1:
            raise ValidationError(f"Needs exactly one of {', '.join(LENGTH_UNITS)}.")

    @post_load
    def _length(self, given: Mapping[str, Any], **kwargs: Any) -> Length:
        ((unit, value),) = given.items()
        return Length(unit, value)  # type: ignore[arg-type]  # the schema's fields are the units


class LengthOrProfile(fields.Field[Length]):
    """A length, or the name of a profile; the schema that holds the field sets `profiles`."""

    profiles: Profiles = DEFAULTS

    def __init__(self, **more: Any) -> None:
        metadata = {
            "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Length"}],
            "examples": ["push", {"words": 60}],
        }
        super().__init__(metadata=metadata | more.pop("metadata", {}), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Length:
        if not isinstance(value, str):
            length: Length = LengthSchema().load(value)
            return length
        try:
            return find_profile(value, self.profiles)
        except ValueError as error:
            raise ValidationError(str(error)) from error
