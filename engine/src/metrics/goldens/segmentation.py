"""Golden values of segmentation metrics, made with SciPy: python3 segmentation.py > segmentation.json"""
import json

import numpy as np
from scipy.ndimage import binary_erosion, distance_transform_edt
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(11)


def blobs(count, shape, radius):
    y, x = np.mgrid[: shape[0], : shape[1]]
    picture = np.zeros(shape, int)
    for number in range(1, count + 1):
        cy, cx, r = rng.uniform(0, shape[0]), rng.uniform(0, shape[1]), rng.uniform(*radius)
        picture[(y - cy) ** 2 + (x - cx) ** 2 < r * r] = number
    return picture


def outline(mask):
    return mask & ~binary_erosion(mask)


def hd95(a, b):
    first, second = outline(a), outline(b)
    there = distance_transform_edt(~second)[first]
    back = distance_transform_edt(~first)[second]
    return float(np.percentile(np.hstack([there, back]), 95))


def tally(guess, truth, threshold):
    guesses, marks = np.unique(guess[guess > 0]), np.unique(truth[truth > 0])
    overlaps = np.array([[((guess == g) & (truth == m)).sum() / ((guess == g) | (truth == m)).sum() for m in marks] for g in guesses])
    rows, columns = linear_sum_assignment(-(overlaps >= threshold).astype(float) - overlaps / 1000)
    hits = int((overlaps[rows, columns] >= threshold).sum())
    return hits / (len(guesses) + len(marks) - hits)


def case(shape, count, noise):
    truth = blobs(count, shape, (2, 6))
    guess = np.roll(truth, (1, noise), (0, 1))
    guess[rng.random(shape) < 0.03] = 0
    guess[guess == 2] = 0
    a, b = guess > 0, truth > 0
    return {
        "width": shape[1],
        "height": shape[0],
        "guess": guess.ravel().tolist(),
        "truth": truth.ravel().tolist(),
        "dice": float(2 * (a & b).sum() / (a.sum() + b.sum())),
        "iou": float((a & b).sum() / (a | b).sum()),
        "hd95": hd95(a, b),
        "distances": distance_transform_edt(b).ravel().round(6).tolist(),
        "precisions": [tally(guess, truth, t) for t in (0.5, 0.7, 0.9)],
    }


print(json.dumps([case((24, 31), 7, 1), case((17, 40), 5, 0)]))
