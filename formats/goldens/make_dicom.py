"""Golden files by highdicom, pydicom, nibabel and pycocotools: python make_dicom.py (in a venv with the four)."""
import json
from pathlib import Path

import highdicom as hd
import nibabel as nib
import numpy as np
from highdicom.sr.coding import CodedConcept
from pycocotools import mask as coco
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from scene import CLASSES, RED, WHITE

HERE = Path(__file__).parent
NAMES = ["a.dcm", "b.dcm"]


def picture(index):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    ds.SOPInstanceUID = f"1.2.3.{10 + index}"
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = "1.2.3.1", "1.2.3.2", "1.2.3.3"
    ds.PatientName, ds.PatientID, ds.PatientBirthDate, ds.PatientSex = "", "P1", "", ""
    ds.StudyDate, ds.StudyTime, ds.AccessionNumber, ds.StudyID, ds.ReferringPhysicianName = "", "", "", "", ""
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber = "CT", 1, index + 1
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = 5, 8, 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 0
    ds.PixelSpacing, ds.SliceThickness = [0.75, 0.5], 3
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.ImagePositionPatient = [-100.5, 20, 30.25 + 3 * index]
    ds.PixelData = np.zeros((5, 8), np.uint16).tobytes()
    return ds


def segments():
    return [
        hd.seg.SegmentDescription(
            segment_number=index + 1,
            segment_label=name,
            segmented_property_category=CodedConcept("49755003", "SCT", "Morphologically Abnormal Structure"),
            segmented_property_type=CodedConcept("4147007", "SCT", "Mass"),
            algorithm_type=hd.seg.SegmentAlgorithmTypeValues.MANUAL,
        )
        for index, name in enumerate(CLASSES)
    ]


def segmentation(kind, pixels):
    return hd.seg.Segmentation(
        source_images=[picture(0), picture(1)],
        pixel_array=pixels,
        segmentation_type=kind,
        segment_descriptions=segments(),
        series_instance_uid="1.2.3.4",
        series_number=2,
        sop_instance_uid="1.2.3.5",
        instance_number=1,
        manufacturer="golden",
        manufacturer_model_name="golden",
        software_versions="1",
        device_serial_number="1",
        **({"max_fractional_value": 200} if kind == hd.seg.SegmentationTypeValues.FRACTIONAL else {}),
    )


def write_segmentations():
    stack = np.zeros((2, 5, 8, 2), np.uint8)
    stack[0, ..., 0], stack[1, ..., 0], stack[1, ..., 1] = RED, WHITE, RED
    kinds = hd.seg.SegmentationTypeValues
    segmentation(kinds.BINARY, stack).save_as(HERE / "highdicom-binary.dcm")
    fractions = stack.astype(np.float32) * 0.75
    fractions[0, 4, :, 0] = 0.25
    segmentation(kinds.FRACTIONAL, fractions).save_as(HERE / "highdicom-fractional.dcm")
    labels = np.zeros((2, 5, 8), np.uint8)
    labels[0][RED > 0], labels[1][WHITE > 0], labels[1][RED > 0] = 1, 1, 2
    segmentation(kinds.LABELMAP, labels).save_as(HERE / "highdicom-labelmap.dcm")


def write_report():
    source = picture(0)
    region = hd.sr.ImageRegion(
        graphic_type=hd.sr.GraphicTypeValues.POLYLINE,
        graphic_data=np.array([[1, 0.5], [4, 0.5], [4, 2.75], [1, 2.75], [1, 0.5]]),
        source_image=hd.sr.SourceImageForRegion(source.SOPClassUID, source.SOPInstanceUID),
    )
    group = hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=hd.sr.TrackingIdentifier(uid="1.2.3.6", identifier="box 1"),
        referenced_region=region,
        finding_type=CodedConcept("4147007", "SCT", "Mass"),
        measurements=[
            hd.sr.Measurement(CodedConcept("103339001", "SCT", "Long axis"), 3.5, CodedConcept("mm", "UCUM", "mm")),
        ],
        qualitative_evaluations=[
            hd.sr.QualitativeEvaluation(
                CodedConcept("RID45960", "RADLEX", "Margin"), CodedConcept("RID5714", "RADLEX", "Smooth")
            )
        ],
    )
    observer = hd.sr.ObserverContext(
        observer_type=CodedConcept("121007", "DCM", "Device"),
        observer_identifying_attributes=hd.sr.DeviceObserverIdentifyingAttributes(uid="1.2.3.7"),
    )
    report = hd.sr.MeasurementReport(
        observation_context=hd.sr.ObservationContext(observer_device_context=observer),
        procedure_reported=CodedConcept("363679005", "SCT", "Imaging procedure"),
        imaging_measurements=[group],
    )
    hd.sr.ComprehensiveSR(
        evidence=[source], content=report[0], series_number=3, series_instance_uid="1.2.3.8",
        sop_instance_uid="1.2.3.9", instance_number=1, manufacturer="golden",
    ).save_as(HERE / "highdicom-report.dcm")


def write_volumes():
    """The second picture's two frames as (column, row, frame), stored with columns running to the patient's right."""
    volume = np.stack([RED, 2 * WHITE], axis=-1).transpose(1, 0, 2)
    # LPS (DICOM) to RAS: x and y change their sign.
    affine = np.array([[-0.5, 0, 0, 100.5], [0, -0.75, 0, -20], [0, 0, 3, 30.25], [0, 0, 0, 1]])
    image = nib.as_closest_canonical(nib.Nifti1Image(volume.astype(np.int16), affine))
    nib.save(image, HERE / "nibabel-canonical.nii.gz")
    nib.save(nib.Nifti2Image(volume.astype(np.uint8), affine), HERE / "nibabel-second.nii")


def write_coco():
    annotations = []
    for index, (category, picture_mask) in enumerate([(1, RED), (2, WHITE)]):
        rle = coco.encode(np.asfortranarray(picture_mask))
        counts = rle["counts"].decode()
        runs = []
        flat = picture_mask.flatten(order="F")
        value, length = 0, 0
        for pixel in flat:
            if pixel != value:
                runs.append(length)
                value, length = pixel, 0
            length += 1
        runs.append(length)
        common = {"image_id": 1, "category_id": category, "iscrowd": 0, "area": int(coco.area(rle)),
                  "bbox": [float(v) for v in coco.toBbox(rle)]}
        annotations.append({"id": 2 * index + 1, "segmentation": {"size": [5, 8], "counts": counts}, **common})
        annotations.append({"id": 2 * index + 2, "segmentation": {"size": [5, 8], "counts": runs}, **common})
    polygon = [2.0, 1.0, 6.0, 1.0, 6.0, 4.0, 2.0, 4.0]
    drawn = coco.merge(coco.frPyObjects([polygon], 5, 8))
    annotations.append({"id": 5, "image_id": 1, "category_id": 1, "iscrowd": 0, "segmentation": [polygon],
                        "area": int(coco.area(drawn)), "bbox": [2.0, 1.0, 4.0, 3.0]})
    file = {
        "images": [{"id": 1, "file_name": "a.png", "width": 8, "height": 5}],
        "categories": [{"id": index + 1, "name": name} for index, name in enumerate(CLASSES)],
        "annotations": annotations,
    }
    (HERE / "pycocotools.json").write_text(json.dumps(file) + "\n")
    (HERE / "scene.json").write_text(json.dumps({"red": RED.tolist(), "white": WHITE.tolist()}) + "\n")


write_segmentations()
write_report()
write_volumes()
write_coco()
