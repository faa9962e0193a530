from __future__ import annotations

import os
from typing import Self

import httpx

from ._http import Http
from .generated.operations import Operations


class VesaliusClient(Operations):
    """One method for each operation of the API; keeps connections open, so use it in a `with` statement.

    `url` and `token` are those of VESALIUS_URL and VESALIUS_TOKEN where they are not given. `retries`: how often a
    request is sent again that the server had no time for (429, 503). `transport`: for tests, and proxies of your own.
    """

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        *,
        retries: int = 3,
        timeout: float = 120.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        token = token or os.environ.get("VESALIUS_TOKEN")
        self._connection = httpx.Client(
            base_url=url or os.environ["VESALIUS_URL"],
            headers={"authorization": f"Bearer {token}"} if token else {},
            timeout=timeout,
            transport=transport,
            # Large files lie with a bucket or a CDN in some installations.
            follow_redirects=True,
        )
        super().__init__(Http(self._connection, retries))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
