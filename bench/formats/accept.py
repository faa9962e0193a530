"""Reads our files with the programs their formats come from: python accept.py FOLDER; prints a list of checks as JSON."""
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

FOLDER = Path(sys.argv[1])
SCENE = json.loads((FOLDER / "scene.json").read_text())
MASKS = [[np.array(mask, np.uint8) for mask in image] for image in SCENE["masks"]]
checks = []


def has(*packages):
    return all(importlib.util.find_spec(package) for package in packages)


def check(format_name, program, function):
    try:
        result = function() or "equal"
    except Exception as error:  # whatever a program thinks of our file is its answer
        result = f"refused: {type(error).__name__}: {error}"[:200]
    checks.append({"format": format_name, "program": program, "result": result})


def differ(found, wanted):
    if len(found) != len(wanted):
        return f"{len(found)} instead of {len(wanted)}"
    for one, other in zip(found, wanted):
        if not np.array_equal(np.asarray(one) > 0, np.asarray(other) > 0):
            return "other pixels"
    return None


def coco(name):
    from pycocotools.coco import COCO

    data = COCO(str(FOLDER / f"{name}-3001" / "annotations" / "instances_default.json"))
    found = [data.annToMask(annotation) for annotation in data.loadAnns(data.getAnnIds())]
    wanted = [mask for image in MASKS for mask in image]
    areas = [annotation["area"] for annotation in data.loadAnns(data.getAnnIds())]
    if areas != [int(mask.sum()) for mask in wanted]:
        return "other areas"
    return differ(found, wanted)


def nifti():
    import nibabel as nib

    for name, image in zip("ab", MASKS):
        volume = nib.load(FOLDER / "nifti-3001" / "masks" / f"{name}.nii.gz")
        values = np.asarray(volume.dataobj)[:, :, 0].T
        result = differ([values == index + 1 for index in range(2)], image)
        if result:
            return result
        if not np.allclose(volume.header.get_zooms()[:2], (0.5, 0.75)) or nib.aff2axcodes(volume.affine)[:2] != ("L", "P"):
            return "other spacing or direction"
    return None


def segmentation():
    import highdicom as hd

    seg = hd.seg.segread(FOLDER / "dicom-seg-3001" / "segmentations" / "0001-a.dcm")
    pixels = seg.get_pixels_by_source_instance(["1.2.3.10", "1.2.3.11"])
    labels = [seg.get_segment_description(number).segment_label for number in seg.segment_numbers]
    if labels != SCENE["classes"]:
        return f"other labels {labels}"
    if not np.allclose([float(v) for v in seg.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing], [0.75, 0.5]):
        return "other spacing"
    return differ([pixels[image, ..., index] for image in range(2) for index in range(2)], [m for i in MASKS for m in i])


def segmentation_volume():
    program = Path(sys.executable).parent / "segimage2itkimage"
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run(
            [program, "--inputDICOM", FOLDER / "dicom-seg-3001" / "segmentations" / "0001-a.dcm", "--outputDirectory", out, "--outputType", "nii"],
            capture_output=True, text=True,
        )
        written = sorted(Path(out).glob("*.nii.gz"))
        if run.returncode != 0 or len(written) != 2:
            return f"refused: {run.stderr.strip()[-150:]}"
        if has("nibabel"):
            import nibabel as nib

            total = sum(int((np.asarray(nib.load(file).dataobj) > 0).sum()) for file in written)
            if total != sum(int(mask.sum()) for image in MASKS for mask in image):
                return "other pixels"
    return None


def report():
    import highdicom as hd

    sr = hd.sr.srread(FOLDER / "dicom-sr-2001" / "reports" / "a.dcm")
    groups = sr.content.get_planar_roi_measurement_groups()
    found = []
    for group in groups:
        points = group.roi.value
        low, high = points.min(axis=0), points.max(axis=0)
        found.append([float(v) for v in (*low, *(high - low))])
        if group.finding_type.meaning not in SCENE["classes"]:
            return "another finding"
    return None if found == SCENE["boxes"] else f"other boxes {found}"


def report_json():
    program = Path(sys.executable).parent / "tid1500reader"
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run(
            [program, "--inputDICOM", FOLDER / "dicom-sr-2001" / "reports" / "a.dcm", "--outputMetadata", Path(out) / "out.json"],
            capture_output=True, text=True,
        )
        if run.returncode != 0:
            return f"refused: {(run.stderr or run.stdout).strip()[-150:]}"
    return None


def brush():
    from label_studio_sdk.converter import brush as converter

    tasks = json.loads((FOLDER / "label-studio-3001" / "tasks.json").read_text())
    found = []
    for task in tasks:
        for result in task["annotations"][0]["result"]:
            flat = converter.decode_rle(result["value"]["rle"])
            found.append(np.reshape(flat, [result["original_height"], result["original_width"], 4])[:, :, 3])
    return differ(found, [mask for image in MASKS for mask in image])


def datumaro(name, folder):
    from datumaro.components.annotation import AnnotationType
    from datumaro.components.dataset import Dataset

    def read():
        items = list(Dataset.import_from(str(folder), name))
        item = next(item for item in items if Path(item.id).stem == "a")
        found = [[round(float(v), 4) for v in a.get_bbox()] for a in item.annotations if a.type == AnnotationType.bbox]
        wanted = SCENE["boxes"]
        return None if sorted(found) == sorted(wanted) else f"other boxes {found}"

    return read


if has("pycocotools") and not has("datumaro"):
    for name in ["coco", "coco-counts", "coco-polygons"]:
        check(name, "pycocotools", lambda name=name: coco(name))
if has("nibabel"):
    check("nifti", "nibabel", nifti)
if has("highdicom"):
    check("dicom-seg", "highdicom", segmentation)
    check("dicom-sr", "highdicom", report)
if (Path(sys.executable).parent / "segimage2itkimage").exists():
    check("dicom-seg", "dcmqi", segmentation_volume)
    check("dicom-sr", "dcmqi", report_json)
if has("label_studio_sdk"):
    check("label-studio", "label-studio-sdk", brush)
if has("datumaro"):
    check("cvat", "datumaro", datumaro("cvat", FOLDER / "cvat-2001"))
    check("voc", "datumaro", datumaro("voc_detection", FOLDER / "voc-2001"))
    check("coco", "datumaro", datumaro("coco_instances", FOLDER / "coco-2001"))
print(json.dumps(checks))
