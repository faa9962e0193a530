"""PyTorch's side of the comparison: the same networks, weights and data; one step for each line "step"."""

import json
import resource
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

from maps import Detector, Unet


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


class Residual(nn.Module):
    def __init__(self, stem, pools, plan, classes):
        super().__init__()
        width, kernel, stride, padding = stem
        self.conv1 = nn.Conv2d(3, width, kernel, stride, padding, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.pool = nn.MaxPool2d(3, 2, 1) if pools else nn.Identity()
        self.stages = len(plan)
        for stage, (channels, blocks, first_stride) in enumerate(plan):
            layer = [
                Block(width if block == 0 else channels, channels, first_stride if block == 0 else 1)
                for block in range(blocks)
            ]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layer))
            width = channels
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        x = self.pool(functional.relu(self.bn1(self.conv1(x)), inplace=True))
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class Vgg(nn.Module):
    PLAN = (64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool")

    def __init__(self, classes):
        super().__init__()
        self.features = nn.ModuleDict()
        inputs = 3
        for index, step in enumerate(self.PLAN):
            if step != "pool":
                layer = nn.Conv2d(inputs, step, 3, padding=1, bias=False)
                layer.add_module("norm", nn.BatchNorm2d(step))
                self.features[str(index)] = layer
                inputs = step
        self.classifier = nn.Linear(512, classes)

    def forward(self, x):
        for index, step in enumerate(self.PLAN):
            if step == "pool":
                x = functional.max_pool2d(x, 2) if x.shape[2] > 1 else x
            else:
                layer = self.features[str(index)]
                x = functional.relu(layer.norm(layer(x)), inplace=True)
        return self.classifier(x.mean((2, 3)))


def make(name, size, classes):
    if name == "vgg11":
        return Vgg(classes)
    if name == "resnet18":
        return Residual((64, 7, 2, 3), True, [(64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2)], classes)
    stem = (32, 4, 4, 0) if size > 112 else (32, 3, 2, 1) if size > 48 else (32, 3, 1, 1)
    return Residual(stem, False, [(32, 1, 2), (64, 2, 2), (128, 2, 2)], classes)


start = json.load(open(sys.argv[1]))
torch.set_num_threads(start["threads"])
values = numpy.fromfile(start["values"], dtype=numpy.float32)


def read(placed):
    part = values[placed["offset"] : placed["offset"] + int(numpy.prod(placed["shape"]))]
    return torch.from_numpy(part.copy()).reshape(placed["shape"])


tensors = {tensor["name"]: read(tensor) for tensor in start["tensors"]}
inputs = {placed["name"]: read(placed) for placed in start["inputs"]}
if start["network"] in ("unet", "detector"):
    network = Unet(tensors) if start["network"] == "unet" else Detector(tensors)

    def lose():
        return network.loss(**inputs)

else:
    network = make(start["network"], start["size"], start["classes"])
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    targets = inputs["target"].argmax(1)

    def lose():
        return functional.cross_entropy(network(inputs["image"]), targets)


network.train()
decaying = [parameter for parameter in network.parameters() if parameter.dim() > 1]
plain = [parameter for parameter in network.parameters() if parameter.dim() == 1]
groups = [{"params": decaying, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}]
optimizer = torch.optim.AdamW(groups, lr=1e-4)

for line in sys.stdin:
    if line.strip() == "memory":
        print(json.dumps({"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)
        continue
    started = time.perf_counter()
    optimizer.zero_grad()
    loss = lose()
    loss.backward()
    optimizer.step()
    elapsed = (time.perf_counter() - started) * 1000
    print(json.dumps({"loss": loss.item(), "milliseconds": elapsed}), flush=True)
