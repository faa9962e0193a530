"""Reads a project by dicomweb-client, as a program of others does: prints what came as JSON."""
import json
import sys

from dicomweb_client.api import DICOMwebClient
from pydicom.dataset import Dataset

url, token = sys.argv[1:]
client = DICOMwebClient(url=url, headers={"Authorization": f"Bearer {token}"})
out = {"studies": 0, "series": 0, "instances": 0, "metadata": 0, "files": 0, "frames": 0, "rendered": 0, "failed": []}


def tried(kind, act):
    try:
        out[kind] += act()
    except Exception as error:  # noqa: BLE001
        out["failed"].append(f"{kind}: {type(error).__name__}: {str(error)[:120]}")


studies = client.search_for_studies(limit=1000)
out["studies"] = len(studies)
for study in studies:
    study_uid = Dataset.from_json(study).StudyInstanceUID
    for series in client.search_for_series(study_uid):
        out["series"] += 1
        series_uid = Dataset.from_json(series).SeriesInstanceUID
        tried("metadata", lambda: len(client.retrieve_series_metadata(study_uid, series_uid)))
        for instance in client.search_for_instances(study_uid, series_uid):
            out["instances"] += 1
            uid = Dataset.from_json(instance).SOPInstanceUID
            tried("files", lambda: int(client.retrieve_instance(study_uid, series_uid, uid).SOPInstanceUID == uid))
            types = (("application/octet-stream", "*"),)
            tried("frames", lambda: len(client.retrieve_instance_frames(study_uid, series_uid, uid, [1], media_types=types)))
            tried("rendered", lambda: int(len(client.retrieve_instance_rendered(study_uid, series_uid, uid, media_types=("image/jpeg",))) > 0))
print(json.dumps(out))
