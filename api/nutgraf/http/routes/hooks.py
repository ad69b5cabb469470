"""POST /hooks/<cms>: verify the signature -> store -> acknowledge."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_smorest import Blueprint

from nutgraf.formats.common import as_object
from nutgraf.http import body, job_body
from nutgraf.http.accepted_jobs import ACCEPTED_HEADERS, EXAMPLE_JOB, JOB_PROBLEMS, accept_job
from nutgraf.http.openapi import documented
from nutgraf.http.security import hook_signatures
from nutgraf.service import cms_documents
from nutgraf.service.schemas.job import MAX_REFERENCE_CHARACTERS, JobOptionsSchema, JobSchema
from nutgraf.service.strict_json import parse


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """Returns the route of the webhooks that a CMS sends when a story changes.

    Instead of an API key, the signature of the body is checked. Each webhook becomes a job of one request; a repeated one
    returns the job that exists.
    """
    routes = Blueprint("Hooks", __name__, description="For a CMS that can send webhooks when a story changes.")

    @routes.post("/hooks/<any(superdesk, ghost):sender>")
    @routes.doc(
        requestBody={
            "required": True,
            "description": "The webhook of the CMS. Options, including `callback`, are sent in the query string.",
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
    @documented(*JOB_PROBLEMS, "bad-signature", "hook-off", "not-found")
    def receive(sender: str) -> tuple[dict[str, Any], dict[str, str]]:
        """Accept a story from a CMS"""
        cms = hook_signatures.SENDERS[sender]
        received = body.read_decompressed(request, settings)
        hook_signatures.verify_signature(cms, settings[f"{sender}_secrets"], request.headers.get(cms.header), received)
        document = parse(received, max_depth=settings["max_json_depth"])
        parameters = request.args.to_dict()
        callback = parameters.pop("callback", None)
        story, _ = cms.story(as_object(document))
        # The end is kept, because ids that are URLs differ there.
        options = {"callback": callback and {"url": callback}, "reference": story and story[-MAX_REFERENCE_CHARACTERS:]}
        key = hook_signatures.idempotency_key(cms, document, request.query_string.decode("latin-1"))
        job = job_body.of_one_request(
            JobOptionsSchema().load(options), cms_documents.to_request(sender, document, parameters)
        )
        return accept_job(job, owner=None, idempotency_key=key, digest=key.removeprefix("hook:"))

    return routes
