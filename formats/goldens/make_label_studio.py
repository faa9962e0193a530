"""Golden files by Label Studio's own converter: python make_label_studio.py (in a venv with label-studio-sdk)."""
import json
from pathlib import Path

import numpy as np
from label_studio_sdk.converter import brush

from scene import CLASSES, RED, WHITE

HERE = Path(__file__).parent


def result(index, name, mask):
    return {
        "id": f"r{index}", "from_name": "tag", "to_name": "image", "type": "brushlabels",
        "original_width": 8, "original_height": 5, "image_rotation": 0,
        "value": {"format": "rle", "rle": brush.mask2rle(mask * np.uint8(255)), "brushlabels": [name]},
    }


results = [result(index, CLASSES[index], mask) for index, mask in enumerate([RED, WHITE])]
task = {
    "id": 1, "data": {"image": "/data/upload/1/0a1b2c3d-a.png"},
    "annotations": [{"id": 1, "was_cancelled": False, "result": results[:1]}],
    "predictions": [{"id": 1, "model_version": "m", "score": 0.5, "result": results[1:]}],
}
(HERE / "label-studio.json").write_text(json.dumps([task]) + "\n")
