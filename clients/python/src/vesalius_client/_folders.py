from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ._client import VesaliusClient
from ._http import Upload, VesaliusError
from .generated.types import UploadItem

FILES_AT_ONCE = 50


def upload_folder(
    client: VesaliusClient,
    project_id: str,
    folder: str | os.PathLike[str],
    describe: Callable[[Path], Mapping[str, Any]] = lambda _: {},
) -> list[UploadItem]:
    """Uploads every file in a folder and below it that is not hidden, and tells of each what became of it.

    `describe` answers the `label` and the `group` of a file, where they are known. Run again after an interruption it sends
    all of them again, and the server leaves out what it has.
    """
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.name.startswith("."))
    items: list[UploadItem] = []
    for start in range(0, len(paths), FILES_AT_ONCE):
        uploads = [Upload(path, path.name, **describe(path)) for path in paths[start : start + FILES_AT_ONCE]]
        try:
            items.extend(client.upload_images(project_id, uploads)["items"])
        except VesaliusError as error:
            # An upload without a single new image is refused, with a word on each file.
            if not isinstance(error.body, dict) or "items" not in error.body:
                raise
            items.extend(error.body["items"])
    return items
