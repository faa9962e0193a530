from __future__ import annotations

import json as json_text
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

import httpx

Body = TypeVar("Body")
LONGEST_PAUSE_SECONDS = 30.0


class Tagged(NamedTuple, Generic[Body]):
    """A thing and its revision: give `etag` as `if_match` when you change it, and a change meanwhile answers 412."""

    body: Body
    etag: str


@dataclass(frozen=True)
class Upload:
    """A file to send, and what is told of it."""

    file: bytes | Path
    name: str
    label: Mapping[str, Any] | None = None
    """Its annotation, as a label file."""
    group: str | None = None
    """Patient or slide: images of one group never fall on both sides of a split."""


class VesaliusError(Exception):
    """A refusal. `status` is 0 where nobody answered; `code` is stable, the message is for people."""

    def __init__(self, status: int, code: str, message: str, body: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.body = body
        """The answer as it came: of an upload without a single image, what was wrong with each file."""


class Content:
    """An answer that is no JSON. Read it whole, iterate over it, or save it; each once."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.media_type = response.headers.get("content-type", "")

    def read(self) -> bytes:
        try:
            return self._response.read()
        finally:
            self._response.close()

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_bytes()
        finally:
            self._response.close()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes it into a file, which appears when it is whole."""
        target = Path(path)
        unfinished = target.with_name(f"{target.name}.part")
        try:
            with unfinished.open("wb") as file:
                for chunk in self:
                    file.write(chunk)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return target


class Http:
    """Sends what the generated methods say, and reads what is answered."""

    def __init__(self, connection: httpx.Client, retries: int) -> None:
        self._connection = connection
        self._retries = retries

    def none(self, method: str, url: str, /, **request: Any) -> None:
        self._send(method, url, **request).read()

    def json(self, method: str, url: str, /, **request: Any) -> Any:
        text = self._send(method, url, **request).read()
        return json_text.loads(text) if text else None

    def tagged(self, method: str, url: str, /, **request: Any) -> Tagged[Any]:
        response = self._send(method, url, **request)
        return Tagged(json_text.loads(response.read()), response.headers.get("etag", ""))

    def content(self, method: str, url: str, /, **request: Any) -> Content:
        return Content(self._send(method, url, **request))

    def _send(
        self,
        method: str,
        url: str,
        /,
        *,
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Iterable[Upload] | None = None,
        bytes: bytes | Iterable[bytes] | None = None,
        media_type: str | None = None,
        if_match: str | None = None,
    ) -> httpx.Response:
        filled = url.format_map({name: quote(str(value), safe="") for name, value in (path or {}).items()})
        asked = {name: _text_of(value) for name, value in (query or {}).items() if value is not None}
        headers = {} if if_match is None else {"if-match": if_match}
        parts = None if form is None else list(form)
        if media_type is not None:
            headers["content-type"] = media_type
        for left in range(self._retries, -1, -1):
            sent: dict[str, Any] = {"content": bytes} if bytes is not None else {"json": json} if json is not None else {}
            if parts is not None:
                sent = {"files": _form_of(parts)}
            request = self._connection.build_request(method, filled, params=asked, headers=headers, **sent)
            try:
                response = self._connection.send(request, stream=True)
            except httpx.TransportError as error:
                raise VesaliusError(0, "OFFLINE", f"{self._connection.base_url} does not answer: {error}") from error
            if response.is_success:
                return response
            if left == 0 or response.status_code not in (429, 503):
                raise _problem_of(response)
            response.close()
            time.sleep(_seconds_to_wait(response))
        raise AssertionError("unreachable")


def _form_of(uploads: Iterable[Upload]) -> list[tuple[str, Any]]:
    """What is told of a file goes before it."""
    fields: list[tuple[str, Any]] = []
    for upload in uploads:
        if upload.group is not None:
            fields.append(("group", (None, upload.group)))
        if upload.label is not None:
            fields.append(("label", (None, json_text.dumps(upload.label))))
        content = upload.file.read_bytes() if isinstance(upload.file, Path) else upload.file
        fields.append(("file", (upload.name, content, "application/octet-stream")))
    return fields


def _text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problem_of(response: httpx.Response) -> VesaliusError:
    text = response.read().decode(errors="replace")
    response.close()
    try:
        body = json_text.loads(text)
    except ValueError:
        body = text
    facts = body if isinstance(body, dict) else {}
    message = facts.get("detail") or facts.get("title") or f"the server answers {response.status_code}"
    told = [f"{issue.get('path')}: {issue.get('message')}" for issue in facts.get("issues") or []]
    return VesaliusError(response.status_code, facts.get("code", "INTERNAL"), "\n".join([message, *told]), body)


def _seconds_to_wait(response: httpx.Response) -> float:
    try:
        return min(LONGEST_PAUSE_SECONDS, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return 1.0
