"""Agreement of invented readers by scikit-learn, statsmodels and SciPy: python agreement.py > agreement.json"""

import json

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score, f1_score, jaccard_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

random = np.random.default_rng(7)


def answers(images, classes, readers, noise):
    truth = random.integers(0, classes, images)
    return [np.where(random.random(images) < noise, random.integers(0, classes, images), truth) for _ in range(readers)]


def one_against_rest(values, index):
    return (np.asarray(values) == index).astype(int)


def kappa_case(images, classes, readers, noise):
    given = answers(images, classes, readers, noise)
    table, _ = aggregate_raters(np.stack(given, axis=1), n_cat=classes)
    pairs = []
    for a in range(readers):
        for b in range(a + 1, readers):
            pairs.append({
                "kappa": cohen_kappa_score(given[a], given[b]),
                "agreement": float(np.mean(given[a] == given[b])),
                "perClass": [
                    cohen_kappa_score(one_against_rest(given[a], c), one_against_rest(given[b], c)) for c in range(classes)
                ],
            })
    binary = [np.stack([table[:, c], readers - table[:, c]], axis=1) for c in range(classes)]
    return {
        "classes": classes,
        "answers": [values.tolist() for values in given],
        "pairs": pairs,
        "fleiss": fleiss_kappa(table),
        "fleissPerClass": [fleiss_kappa(counts) for counts in binary],
    }


def mask_case(size, images):
    cases = []
    for _ in range(images):
        a = (random.random(size) < 0.4).astype(int)
        b = np.where(random.random(size) < 0.15, 1 - a, a)
        cases.append({
            "a": a.ravel().tolist(),
            "b": b.ravel().tolist(),
            "dice": f1_score(a.ravel(), b.ravel()),
            "iou": jaccard_score(a.ravel(), b.ravel()),
        })
    return {"size": list(size), "images": cases}


def overlap(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def box_case(images):
    """Boxes apart from each other, so that the best assignment and the greedy one are the same."""
    cases = []
    for _ in range(images):
        places = [(x * 40.0, y * 40.0) for x in range(4) for y in range(3)]
        chosen = [places[index] for index in random.permutation(len(places))[: random.integers(2, 9)]]
        a = [[x + random.random() * 4, y + random.random() * 4, 20, 20] for x, y in chosen]
        b = [[x + random.random() * 12, y + random.random() * 8, 20, 20] for x, y in chosen[1:]]
        b += [[200 + 30.0 * index, 10, 15, 15] for index in range(random.integers(0, 3))]
        table = np.array([[overlap(one, other) for other in b] for one in a]) if b else np.zeros((len(a), 0))
        rows, columns = linear_sum_assignment(np.where(table >= 0.5, -table, 0))
        matched = [(r, c) for r, c in zip(rows, columns) if table[r, c] >= 0.5]
        cases.append({
            "a": a,
            "b": b,
            "f1": 2 * len(matched) / (len(a) + len(b)),
            "meanIou": float(np.mean([table[r, c] for r, c in matched])) if matched else None,
        })
    return cases


print(json.dumps({
    "kappa": [kappa_case(60, 2, 2, 0.3), kappa_case(80, 4, 3, 0.4), kappa_case(40, 3, 5, 0.2)],
    "masks": mask_case((9, 11), 6),
    "boxes": box_case(8),
}))
