"""Decodes DICOM files with pydicom for bench/formats: one raw file of float64 per picture and what it is, as JSON.

Usage: decode_dicom.py OUT FILE...   (pydicom 3, numpy, pylibjpeg with its plugins, pyjpegls,
imagecodecs)
"""

import json
import sys
import warnings

import imagecodecs
import numpy
import pydicom
from pydicom.encaps import generate_frames
from pydicom.pixels import apply_color_lut, pixel_array

warnings.simplefilter("ignore")


def decode(path: str) -> numpy.ndarray:
    data_set = pydicom.dcmread(path, force=True)
    if not any(name in data_set for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
        raise LookupError("no image")
    if not hasattr(data_set.file_meta, "TransferSyntaxUID"):
        explicit, little = data_set.original_encoding[0] is False, data_set.original_encoding[1]
        data_set.file_meta.TransferSyntaxUID = (
            "1.2.840.10008.1.2.2" if not little else "1.2.840.10008.1.2.1" if explicit else "1.2.840.10008.1.2"
        )
    pixels = decode_extended(data_set) if is_extended(data_set) else pixel_array(data_set)
    if data_set.PhotometricInterpretation == "PALETTE COLOR":
        swap_palette(data_set)
        pixels = apply_color_lut(pixels, data_set)
    return pixels


def is_extended(data_set: pydicom.Dataset) -> bool:
    """JPEG extended of 12 bits, which pydicom's plugins refuse."""
    return data_set.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.4.51" and data_set.BitsAllocated == 16


def decode_extended(data_set: pydicom.Dataset) -> numpy.ndarray:
    frame = next(generate_frames(data_set.PixelData, number_of_frames=1))
    return imagecodecs.jpeg8_decode(frame)


def swap_palette(data_set: pydicom.Dataset) -> None:
    """apply_color_lut reads tables as little endian whatever the file is."""
    if data_set.original_encoding[1]:
        return
    for name in ("Red", "Green", "Blue"):
        element = data_set[f"{name}PaletteColorLookupTableData"]
        element.value = numpy.frombuffer(element.value, ">u2").astype("<u2").tobytes()


def main() -> None:
    out, *paths = sys.argv[1:]
    for index, path in enumerate(paths):
        try:
            pixels = decode(path)
            pixels.astype("<f8").tofile(f"{out}/{index}.f8")
            print(json.dumps({"shape": list(pixels.shape), "type": str(pixels.dtype)}), flush=True)
        except Exception as error:
            print(json.dumps({"error": f"{type(error).__name__}: {error}"[:160]}), flush=True)


main()
