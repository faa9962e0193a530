"""Makes detection.json for the metric tests with pycocotools: python detection.py > detection.json"""

import contextlib
import io
import json

import numpy
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

generator = numpy.random.default_rng(5)
CLASSES, IMAGES, SIDE = 4, 12, 200
images, annotations, results = [], [], []


def box(side):
    size = generator.integers(8, side // 3, 2)
    place = generator.integers(0, side - size)
    return [float(v) for v in (*place, *size)]


for image in range(1, IMAGES + 1):
    images.append({"id": image, "width": SIDE, "height": SIDE})
    if image == 3:  # nothing marked, something found
        results.append({"image_id": image, "category_id": 0, "bbox": box(SIDE), "score": 0.7})
        continue
    crowd = 130 if image == 5 else 6  # more guesses than count
    for _ in range(generator.integers(1, 7)):
        place = int(generator.integers(0, CLASSES - 1))  # the last class is never marked
        truth = box(SIDE)
        annotations.append(
            {"id": len(annotations) + 1, "image_id": image, "category_id": place, "bbox": truth,
             "area": truth[2] * truth[3], "iscrowd": 0}
        )
        for _ in range(generator.integers(0, 3)):
            moved = [round(float(v + generator.normal(0, 2.5)), 2) for v in truth]
            score = round(float(generator.random()), 2)  # rounded, so that scores tie
            results.append({"image_id": image, "category_id": place, "bbox": moved, "score": score})
    for _ in range(int(generator.integers(0, crowd))):
        results.append(
            {"image_id": image, "category_id": int(generator.integers(0, CLASSES)), "bbox": box(SIDE),
             "score": round(float(generator.random()) * 0.8, 2)}
        )

with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO()
    coco.dataset = {"images": images, "annotations": annotations,
                    "categories": [{"id": c, "name": str(c)} for c in range(CLASSES)]}
    coco.createIndex()
    evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
precision = evaluation.eval["precision"][:, :, :, 0, 2]  # threshold, recall, class; all areas, 100 guesses
print(
    json.dumps(
        {
            "classCount": CLASSES,
            "images": [
                {
                    "truths": [{"box": a["bbox"], "class": a["category_id"]} for a in annotations if a["image_id"] == i["id"]],
                    "guesses": [
                        {"box": r["bbox"][:4], "class": r["category_id"], "score": r["score"]}
                        for r in results if r["image_id"] == i["id"]
                    ],
                }
                for i in images
            ],
            "map": evaluation.stats[0],
            "map50": evaluation.stats[1],
            "ap": [[None if (row < 0).all() else row.mean() for row in precision[:, :, c]] for c in range(CLASSES)],
        }
    )
)
