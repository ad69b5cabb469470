"""POST /hooks/<cms>: verify the signature -> store -> acknowledge."""

from collections.abc import Mapping
from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from nutgraf.formats.common import as_object
from nutgraf.http import body, job_body
from nutgraf.http.job_creation import ACCEPTED_HEADERS, EXAMPLE_JOB, JOB_PROBLEMS, create_or_find_job
from nutgraf.http.openapi import ContractBlueprint, documented
from nutgraf.http.security import hook_signatures
from nutgraf.service import cms_documents
from nutgraf.service.limits import Limits
from nutgraf.service.problems import field_errors
from nutgraf.service.schemas.job import MAX_REFERENCE_CHARACTERS, JobOptionsSchema, JobSchema
from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.settings import SettingError


def blueprint(settings: Mapping[str, Any]) -> ContractBlueprint:
    """Returns the route of the webhooks that a CMS sends when a story changes.

    Instead of an API key, the signature of the body is checked. Each webhook becomes a job of one request; a repeated one
    returns the job that exists. The options of the jobs are settings, because a query string is not signed. Raises
    SettingError for options that can't be used.
    """
    routes = ContractBlueprint("Hooks", __name__, description="For a CMS that can send webhooks when a story changes.")
    options_of = {sender: _checked_options(sender, settings) for sender in hook_signatures.SENDERS}

    @routes.post("/hooks/<any(superdesk, ghost):sender>")
    @routes.doc(
        requestBody={
            "required": True,
            "description": "The webhook of the CMS, not compressed. Settings define the options of its job; a query string "
            "is refused, because it is not signed.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
    )
    @routes.response(
        202,
        JobSchema,
        description="The job is stored, now or by an earlier call with the same version of the story.",
        example=EXAMPLE_JOB,
        headers=ACCEPTED_HEADERS,
    )
    @documented(
        *JOB_PROBLEMS, "bad-request", "bad-signature", "hook-off", "not-found", "call-replayed", "unsupported-media-type"
    )
    def receive_hook(sender: str) -> tuple[dict[str, Any], dict[str, str]]:
        """Accept a story from a CMS"""
        cms, secrets = hook_signatures.SENDERS[sender], settings[f"{sender}_secrets"]
        # Everything that can be refused without the body comes first, because the sender is not authenticated yet.
        signature = hook_signatures.read_signature(cms, secrets, request.headers.get(cms.header))
        if request.query_string:
            raise BadRequest(
                f"The query string of a webhook is not signed. Set its options in NUTGRAF_{sender.upper()}_OPTIONS."
            )
        if body.is_compressed(request):
            raise UnsupportedMediaType("Send webhooks uncompressed; the signature is that of the bytes sent.")
        received = body.read_as_sent(request)
        signature.verify(secrets, received)
        document = cms_documents.parse_json(
            received, request.mimetype_params.get("charset"), max_depth=settings["max_json_depth"]
        )
        article, _ = cms.article_and_version(as_object(document))
        parameters, callback = options_of[sender]
        # The end of an id is kept, because ids that are URLs differ there.
        options = {"callback": callback, "reference": article and article[-MAX_REFERENCE_CHARACTERS:]}
        job = job_body.of_one_request(
            JobOptionsSchema().load(options), cms_documents.to_request(sender, document, parameters)
        )
        return create_or_find_job(
            job, owner=None, idempotency_key=hook_signatures.idempotency_key(cms, document), replay_protected=True
        )

    return routes


def _checked_options(sender: str, settings: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str] | None]:
    """The options of a sender's requests, and the callback of its jobs, if any. Raises SettingError."""
    parameters = dict(settings[f"{sender}_options"])
    url = parameters.pop("callback", None)
    callback = url and {"url": url}
    try:
        JobOptionsSchema().load({"callback": callback})
        SummarizeRequestSchema(Limits.from_settings(settings), settings["profiles"]).load(
            cms_documents.to_request(sender, {}, parameters)
        )
    except ValidationError as error:
        pointer, sentence = next(field_errors(error))
        raise SettingError(f"NUTGRAF_{sender.upper()}_OPTIONS: {pointer}: {sentence}") from error
    return parameters, callback
