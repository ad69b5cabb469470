"""GET /languages, /formats, /profiles, /version and the contract: what the service offers."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from nutgraf import __version__, formats
from nutgraf.http.openapi import serialized_contract
from nutgraf.service.schemas.response import FormatsSchema, LanguagesSchema, ProfilesSchema, VersionSchema
from nutgraf.summarizer.languages.language import languages


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """Returns the routes that describe the service: languages, formats, profiles, version and the contract.

    They need no API key.
    """
    profiles = settings["profiles"]
    routes = Blueprint("About", __name__, description="What the service is and what it offers.")

    @routes.get("/languages")
    @routes.response(
        200,
        LanguagesSchema,
        description="By code.",
        example={"languages": [{"code": "en", "name": "English", "tokenizer": "punkt"}]},
    )
    def list_languages() -> dict[str, Any]:
        """List the languages that can be detected"""
        return {
            "languages": [
                {"code": language.code, "name": language.name.capitalize(), "tokenizer": language.splitter}
                for language in languages()
            ]
        }

    @routes.get("/formats")
    @routes.response(
        200,
        FormatsSchema,
        description="By name.",
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
        ProfilesSchema,
        description="By name.",
        example={"profiles": [{"name": "push", "length": {"characters": 120}}]},
    )
    def list_profiles() -> dict[str, Any]:
        """List the named lengths"""
        return {"profiles": [{"name": name, "length": {length.unit: length.value}} for name, length in profiles.items()]}

    @routes.get("/version")
    @routes.response(
        200, VersionSchema, description="The service's version.", example={"name": "nutgraf", "version": __version__}
    )
    def version() -> dict[str, Any]:
        """Show the running version"""
        return {"name": "nutgraf", "version": __version__}

    @routes.get("/openapi.json")
    @routes.response(200, {"type": "object"}, description="The contract.", example={"openapi": "3.1.0"})
    def openapi_json() -> Response:
        """Read the contract as JSON"""
        return _conditional(Response(serialized_contract(current_app).as_json, content_type="application/json"))

    @routes.get("/openapi.yaml")
    @routes.response(
        200, {"type": "object"}, content_type="application/yaml", description="The contract.", example={"openapi": "3.1.0"}
    )
    def openapi_yaml() -> Response:
        """Read the contract as YAML"""
        return _conditional(Response(serialized_contract(current_app).as_yaml, content_type="application/yaml"))

    return routes


def _conditional(response: Response) -> Response:
    """The response with an entity tag; a client that has the current version gets a 304."""
    response.add_etag()
    response.make_conditional(request)
    return response
