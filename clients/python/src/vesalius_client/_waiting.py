from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ._client import VesaliusClient
from .generated.types import Export, Image, Run

Found = TypeVar("Found")


def each_page(ask: Callable[..., Any], *args: Any, **query: Any) -> Iterator[Any]:
    """Every item of a list that comes in pages: `each_page(client.list_images, project_id, state="NORMAL")`."""
    cursor: str | None = None
    while True:
        page = ask(*args, **query, cursor=cursor)
        yield from page["items"]
        cursor = page["nextCursor"]
        if not cursor:
            return


def wait_for_images(client: VesaliusClient, project_id: str, *, limit_seconds: float = 3600) -> list[Image]:
    """Waits until each image of a project has had its first look. Answers those where that failed."""

    def look() -> list[Image] | None:
        waiting = list(each_page(client.list_images, project_id, state="TO_LABEL", limit=500))
        return waiting if all(image["problem"] for image in waiting) else None

    return _until(limit_seconds, look)


def wait_for_run(client: VesaliusClient, run_id: str, *, limit_seconds: float = 3600) -> Run:
    """Waits until a training has ended, in whichever way."""

    def look() -> Run | None:
        run = client.get_run(run_id)
        return None if run["state"] in ("pending", "running") else run

    return _until(limit_seconds, look)


def wait_for_export(client: VesaliusClient, export_id: str, *, limit_seconds: float = 3600) -> Export:
    """Waits until an export has ended, in whichever way."""

    def look() -> Export | None:
        export = client.get_export(export_id)
        return None if export["state"] in ("pending", "running") else export

    return _until(limit_seconds, look)


def _until(limit_seconds: float, look: Callable[[], Found | None]) -> Found:
    end = time.monotonic() + limit_seconds
    while True:
        found = look()
        if found is not None:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"not done after {limit_seconds:.0f} s")
        time.sleep(1)
