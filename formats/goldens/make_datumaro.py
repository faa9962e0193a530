"""Golden files by Datumaro (of CVAT's makers): python make_datumaro.py (in a venv with datumaro)."""
import shutil
import tempfile
from pathlib import Path

import numpy as np
from datumaro.components.annotation import Bbox, Label, Polygon
from datumaro.components.dataset import Dataset
from datumaro.components.dataset_base import DatasetItem
from datumaro.components.media import Image

from scene import CLASSES

HERE = Path(__file__).parent
PICTURE = Image.from_numpy(data=np.zeros((5, 8, 3), np.uint8))


def keep(dataset, name, wanted):
    with tempfile.TemporaryDirectory() as folder:
        dataset.export(folder, name, save_media=True)
        for source, target in wanted.items():
            found = next(Path(folder).rglob(source))
            shutil.copy(found, HERE / target)


boxes = [Bbox(1, 0.5, 3, 2.25, label=0), Bbox(4, 1, 2, 3, label=1)]
outline = [Polygon([2, 1, 6, 1, 6, 4, 2, 4], label=1)]


def dataset(annotations):
    return Dataset.from_iterable([DatasetItem("a", subset="train", media=PICTURE, annotations=annotations)], categories=CLASSES)


keep(dataset(boxes + outline + [Label(1)]), "cvat", {"*.xml": "datumaro-cvat.xml"})
keep(dataset(boxes), "voc_detection", {"Annotations/a.xml": "datumaro-voc.xml"})
keep(dataset(boxes), "yolo", {"obj_train_data/a.txt": "datumaro-yolo.txt", "obj.names": "datumaro-yolo-names.txt"})
keep(dataset(outline), "coco_instances", {"instances_train.json": "datumaro-coco.json"})
