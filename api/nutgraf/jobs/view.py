"""Job -> its wire format."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from nutgraf.jobs.store import Job


def job_view(job: Job) -> Mapping[str, Any]:
    """Returns a job as a dict for `JobSchema`, with the path of its results and the state of its callback, if any.

    Times are RFC 3339 text in UTC, to the millisecond, or None.
    """
    return {
        "id": job.id,
        "reference": job.reference,
        "state": job.state,
        "counts": {"queued": job.queued, "running": job.running, "done": job.done, "failed": job.failed},
        "progress": job.progress,
        "created_at": _rfc3339(job.created_at),
        "started_at": _rfc3339(job.started_at),
        "finished_at": _rfc3339(job.finished_at),
        "expires_at": _rfc3339(job.expires_at),
        "results": f"/jobs/{job.id}/results",
        "callback": job.callback and asdict(job.callback) | {"next_attempt_at": _rfc3339(job.callback.next_attempt_at)},
    }


def _rfc3339(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
