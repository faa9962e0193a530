"""The U-Net and the detector with their losses, written over a dictionary of tensors as PyTorch's functions."""

from torch import nn
from torch.nn import functional


class Named(nn.Module):
    """Holds tensors under names with dots in them; those of running statistics are not learnt."""

    def __init__(self, tensors):
        super().__init__()
        self.tensors = {}
        for name, tensor in tensors.items():
            if "running_" not in name:
                tensor = nn.Parameter(tensor)
                self.register_parameter(name.replace(".", "_"), tensor)
            self.tensors[name] = tensor

    def convolve(self, name, x):
        weight = self.tensors[f"{name}.weight"]
        return functional.conv2d(x, weight, self.tensors[f"{name}.bias"], 1, weight.shape[2] // 2)

    def normalize(self, conv, norm, x, stride=1, add=None, rectified=True):
        weight = self.tensors[f"{conv}.weight"]
        x = functional.conv2d(x, weight, None, stride, weight.shape[2] // 2)
        tensors = [self.tensors[f"{norm}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
        x = functional.batch_norm(x, *tensors, training=True)
        if add is not None:
            x = x + add
        return functional.relu(x, inplace=True) if rectified else x

    def layer(self, name, x, stride=1, add=None):
        return self.normalize(f"{name}.conv", f"{name}.norm", x, stride, add)

    def block(self, name, x, stride):
        y = self.normalize(f"{name}.conv1", f"{name}.bn1", x, stride)
        if f"{name}.downsample.0.weight" in self.tensors:
            x = self.normalize(f"{name}.downsample.0", f"{name}.downsample.1", x, stride, rectified=False)
        return self.normalize(f"{name}.conv2", f"{name}.bn2", y, 1, x)


class Unet(Named):
    LEVELS = 5

    def loss(self, image, target):
        features = [self.layer("stem.1", self.layer("stem.0", image))]
        for level in range(1, self.LEVELS):
            features.append(self.block(f"down{level}", features[-1], 2))
        x = features.pop()
        for level in range(self.LEVELS - 2, -1, -1):
            raised = functional.interpolate(self.layer(f"raise{level}", x), scale_factor=2)
            x = self.layer(f"up{level}.1", self.layer(f"up{level}.0", features.pop(), add=raised))
        logits = self.convolve("maps", x)
        p = logits.sigmoid()
        places = (0, 2, 3)
        dice = (2 * (p * target).sum(places) + 1) / (p.sum(places) + target.sum(places) + 1)
        return functional.binary_cross_entropy_with_logits(logits, target) + (1 - dice).mean()


class Detector(Named):
    BLOCKS = (1, 2, 2, 1)

    def loss(self, image, heat, edges, weight):
        x = self.layer("stem.1", self.layer("stem.0", image, 2), 2)
        features = []
        for stage, blocks in enumerate(self.BLOCKS):
            for block in range(blocks):
                x = self.block(f"stage{stage + 1}.{block}", x, 2 if stage > 0 and block == 0 else 1)
            features.append(x)
        neck = None
        for level in range(len(features), 0, -1):
            raised = None if neck is None else functional.interpolate(neck, scale_factor=2)
            neck = self.layer(f"neck{level}", self.layer(f"lateral{level}", features[level - 1], add=raised))
        found = focal(self.convolve("heat", self.layer("heat.before", neck)), heat)
        return found + 0.1 * boxes(self.convolve("edges", self.layer("edges.before", neck)), edges, weight)


def focal(logits, target):
    p = logits.sigmoid()
    peak = target.floor()
    gain = peak * (1 - p) ** 2 * functional.logsigmoid(logits)
    gain = gain + (1 - peak) * (1 - target) ** 4 * p**2 * functional.logsigmoid(-logits)
    return -gain.sum() / peak.sum().clamp(min=1)


def boxes(logarithms, truth, weight):
    guess = logarithms.clamp(-8, 8).exp()
    shared, hull = guess.minimum(truth), guess.maximum(truth)

    def area(edges):
        return edges[:, :2].sum(1, True) * edges[:, 2:].sum(1, True)

    union = area(guess) + area(truth) - area(shared)
    return ((2 - area(shared) / union - union / area(hull)) * weight).sum()
