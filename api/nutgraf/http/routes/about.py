"""GET /languages, /formats, /profiles and /version: what the service offers."""

from collections.abc import Mapping
from typing import Any

from nutgraf import __version__, formats
from nutgraf.http.openapi import ContractBlueprint
from nutgraf.service.schemas.response import (
    FormatsResponseSchema,
    LanguagesResponseSchema,
    ProfilesResponseSchema,
    VersionSchema,
)
from nutgraf.summarizer.languages.language import all_languages


def blueprint(settings: Mapping[str, Any]) -> ContractBlueprint:
    """Returns the routes that describe the service: languages, formats, profiles and version.

    They need no API key.
    """
    profiles = settings["profiles"]
    routes = ContractBlueprint("About", __name__, description="What the service is and what it offers.")

    @routes.get("/languages")
    @routes.response(
        200,
        LanguagesResponseSchema,
        description="The languages, sorted by code.",
        example={"languages": [{"code": "en", "name": "English", "tokenizer": "punkt"}]},
    )
    def list_languages() -> dict[str, Any]:
        """List the languages that can be detected"""
        return {
            "languages": [
                {"code": language.code, "name": language.name.capitalize(), "tokenizer": language.splitter}
                for language in all_languages()
            ]
        }

    @routes.get("/formats")
    @routes.response(
        200,
        FormatsResponseSchema,
        description="The input formats, then those only for output.",
        example={
            "formats": [
                {"name": "ghost", "title": "Ghost webhook", "reads": "post.current", "writes": False, "media_types": []}
            ]
        },
    )
    def list_formats() -> dict[str, Any]:
        """List the input and output formats of CMS and wire services"""
        return {"formats": [*map(formats.describe, dict.fromkeys([*formats.FORMATS, *formats.OUTPUTS]))]}

    @routes.get("/profiles")
    @routes.response(
        200,
        ProfilesResponseSchema,
        description="The named lengths of this service.",
        example={"profiles": [{"name": "push", "length": {"characters": 120}}]},
    )
    def list_profiles() -> dict[str, Any]:
        """List the named lengths"""
        return {"profiles": [{"name": name, "length": {length.unit: length.value}} for name, length in profiles.items()]}

    @routes.get("/version")
    @routes.response(
        200, VersionSchema, description="The service's version.", example={"name": "nutgraf", "version": __version__}
    )
    def show_version() -> dict[str, Any]:
        """Show the running version"""
        return {"name": "nutgraf", "version": __version__}

    return routes
