"""A Vesalius server as whoever holds an API token sees it."""

from ._client import VesaliusClient
from ._folders import upload_folder
from ._http import Content, Tagged, Upload, VesaliusError
from ._waiting import each_page, wait_for_export, wait_for_images, wait_for_run

__all__ = [
    "Content",
    "Tagged",
    "Upload",
    "VesaliusClient",
    "VesaliusError",
    "each_page",
    "upload_folder",
    "wait_for_export",
    "wait_for_images",
    "wait_for_run",
]
