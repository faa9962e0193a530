"""The baseline: torchvision's ResNet-18 from scratch, the same augmentation idea, the same wall time.

usage: resnet18_pytorch.py FOLDER --size 80 --minutes 5 [--seed 1] [--batch 32] [--threads 2]
FOLDER holds train/<class>/*.png and test/<class>/*.png. Prints one line of JSON.
The wall time counts reading the images, training and evaluating, as it does for our own engine.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as functional
from PIL import Image
from torchvision.models import resnet18


def read_folder(folder, size):
    classes = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    pixels, targets = [], []
    for index, name in enumerate(classes):
        for file in sorted((folder / name).iterdir()):
            image = Image.open(file)
            image = image.convert("L" if image.mode in ("L", "I;16", "1") else "RGB")
            image = image.resize((size, size), Image.BILINEAR)
            array = numpy.asarray(image, dtype=numpy.uint8)
            pixels.append(array[..., None] if array.ndim == 2 else array)
            targets.append(index)
    return classes, torch.from_numpy(numpy.stack(pixels)).permute(0, 3, 1, 2), torch.tensor(targets)


def augment(batch, generator, upright):
    count = batch.shape[0]
    draw = lambda low, high: torch.rand(count, generator=generator) * (high - low) + low
    angle = draw(-math.pi / 12, math.pi / 12) if upright else draw(-math.pi, math.pi)
    scale = draw(0.9, 1.1)
    flip = torch.where(draw(0, 1) < 0.5, -1.0, 1.0)
    shift_x, shift_y = draw(-0.08, 0.08), draw(-0.08, 0.08)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = torch.cos(angle) * scale * flip
    theta[:, 0, 1] = -torch.sin(angle) * scale
    theta[:, 1, 0] = torch.sin(angle) * scale * flip
    theta[:, 1, 1] = torch.cos(angle) * scale
    theta[:, 0, 2], theta[:, 1, 2] = shift_x, shift_y
    grid = functional.affine_grid(theta, batch.shape, align_corners=False)
    moved = functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)
    gain, offset = draw(0.85, 1.15).view(-1, 1, 1, 1), draw(-0.15, 0.15).view(-1, 1, 1, 1)
    return moved * gain + offset


def area_under_curve(scores, positives):
    order = numpy.argsort(scores, kind="mergesort")
    ranks = numpy.empty(len(scores))
    ordered = scores[order]
    start = 0
    for end in range(1, len(scores) + 1):
        if end == len(scores) or ordered[end] != ordered[start]:
            ranks[order[start:end]] = (start + 1 + end) / 2
            start = end
    count = positives.sum()
    return float((ranks[positives].sum() - count * (count + 1) / 2) / (count * (len(scores) - count)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=80)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--upright", action="store_true")
    args = parser.parse_args()

    started = time.perf_counter()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    generator = torch.Generator().manual_seed(args.seed)
    classes, pixels, targets = read_folder(args.folder / "train", args.size)
    _, test_pixels, test_targets = read_folder(args.folder / "test", args.size)
    channels = pixels.shape[1]
    mean = pixels.float().mean((0, 2, 3)).view(1, -1, 1, 1)
    deviation = pixels.float().std((0, 2, 3)).view(1, -1, 1, 1)

    network = resnet18(weights=None, num_classes=len(classes))
    if channels != 3:
        network.conv1 = torch.nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, weight_decay=0.05)
    share = 1.0 / torch.bincount(targets).float()[targets]
    budget = args.minutes * 60 * 0.97
    step = 0
    network.train()
    while True:
        elapsed = time.perf_counter() - started
        if elapsed >= budget:
            break
        progress = elapsed / budget
        rate = args.rate * min(1.0, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * progress))
        for group in optimizer.param_groups:
            group["lr"] = rate
        chosen = torch.multinomial(share, args.batch, replacement=True, generator=generator)
        batch = augment((pixels[chosen].float() - mean) / deviation, generator, args.upright)
        loss = functional.cross_entropy(network(batch), targets[chosen], label_smoothing=0.05)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1

    network.eval()
    logits = []
    with torch.inference_mode():
        for start in range(0, len(test_pixels), 128):
            logits.append(network((test_pixels[start : start + 128].float() - mean) / deviation))
    probabilities = torch.cat(logits).softmax(1).numpy()
    truth = test_targets.numpy()
    areas = [area_under_curve(probabilities[:, k], truth == k) for k in range(len(classes))]
    print(
        json.dumps(
            {
                "network": "torchvision resnet18",
                "torch": torch.__version__,
                "size": args.size,
                "batch": args.batch,
                "steps": step,
                "accuracy": float((probabilities.argmax(1) == truth).mean()),
                "auroc": areas[1] if len(classes) == 2 else float(numpy.mean(areas)),
                "seconds": time.perf_counter() - started,
            }
        )
    )


if __name__ == "__main__":
    main()
