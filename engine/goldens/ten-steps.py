"""Ten AdamW steps of each network in PyTorch, from weights and images given by formulas.
Writes ten-steps.json beside this file: python engine/goldens/ten-steps.py (needs torch and numpy)."""
import json, math, pathlib
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

class Block(nn.Module):
    def __init__(self, i, o, s):
        super().__init__()
        self.conv1 = nn.Conv2d(i, o, 3, s, 1, bias=False); self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False); self.bn2 = nn.BatchNorm2d(o)
        self.downsample = nn.Sequential(nn.Conv2d(i, o, 1, s, bias=False), nn.BatchNorm2d(o)) if s != 1 or i != o else None
    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))

class Bottleneck(nn.Module):
    def __init__(self, i, o, s):
        super().__init__()
        self.conv1 = nn.Conv2d(i, o, 1, bias=False); self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, s, 1, bias=False); self.bn2 = nn.BatchNorm2d(o)
        self.conv3 = nn.Conv2d(o, 4 * o, 1, bias=False); self.bn3 = nn.BatchNorm2d(4 * o)
        self.downsample = nn.Sequential(nn.Conv2d(i, 4 * o, 1, s, bias=False), nn.BatchNorm2d(4 * o)) if s != 1 or i != 4 * o else None
    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x))); y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + (x if self.downsample is None else self.downsample(x)))

class Net(nn.Module):
    def __init__(self, channels, classes, stem, pool, plan, block=Block, wider=1):
        super().__init__()
        width, kernel, stride, padding = stem
        self.conv1 = nn.Conv2d(channels, width, kernel, stride, padding, bias=False); self.bn1 = nn.BatchNorm2d(width)
        self.pool = nn.MaxPool2d(3, 2, 1) if pool else nn.Identity()
        at = width
        for n, (c, blocks, s) in enumerate(plan):
            setattr(self, f'layer{n + 1}', nn.Sequential(*[block(at if b == 0 else c * wider, c, s if b == 0 else 1) for b in range(blocks)])); at = c * wider
        self.n = len(plan); self.fc = nn.Linear(at, classes)
    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        for n in range(self.n): x = getattr(self, f'layer{n + 1}')(x)
        return self.fc(x.mean((2, 3)))

class Vgg(nn.Module):
    PLAN = (64, 'pool', 128, 'pool', 256, 256, 'pool', 512, 512, 'pool', 512, 512, 'pool')
    def __init__(self, channels, classes):
        super().__init__()
        self.features = nn.ModuleDict(); at = channels
        for i, step in enumerate(self.PLAN):
            if step == 'pool': continue
            layer = nn.Conv2d(at, step, 3, padding=1, bias=False); layer.add_module('norm', nn.BatchNorm2d(step))
            self.features[str(i)] = layer; at = step
        self.classifier = nn.Linear(512, classes)
    def forward(self, x):
        for i, step in enumerate(self.PLAN):
            if step == 'pool': x = F.max_pool2d(x, 2) if x.shape[2] > 1 else x
            else: layer = self.features[str(i)]; x = F.relu(layer.norm(layer(x)))
        return self.classifier(x.mean((2, 3)))

def wave(count, phase): return np.sin(0.7 * np.arange(count) + phase)
def noise(count, phase):
    x = np.sin(12.9898 * (np.arange(count) % 1009) + 78.233 * (np.arange(count) // 1009) + phase) * 43758.5453
    return (x - np.floor(x)) * 2 - 1

# AdamW's first steps are signs of gradients: a deep network needs a small rate, or rounding is all that is compared.
def run(name, net, channels, size, batch=6, classes=3, rate=1e-3):
    with torch.no_grad():
        for key, p in net.named_parameters():
            if key.endswith(('fc.bias', 'classifier.bias')): p.zero_()
            if p.dim() > 1:
                fan = p[0].numel()
                p.copy_(torch.from_numpy(noise(p.numel(), len(key)) * math.sqrt(6 / fan)).float().reshape(p.shape))
    x = torch.from_numpy(wave(batch * channels * size * size, 0.3)).float().reshape(batch, channels, size, size)
    x = x + (torch.arange(batch) % classes).float().reshape(-1, 1, 1, 1) * 0.2
    t = torch.arange(batch) % classes
    decay = [p for p in net.parameters() if p.dim() > 1]; plain = [p for p in net.parameters() if p.dim() <= 1]
    o = torch.optim.AdamW([{'params': decay, 'weight_decay': 0.05}, {'params': plain, 'weight_decay': 0}], lr=rate)
    losses = []
    for _ in range(10):
        o.zero_grad(); l = F.cross_entropy(net(x), t); l.backward(); o.step(); losses.append(l.item())
    return {'name': name, 'channels': channels, 'size': size, 'batch': batch, 'classes': classes, 'rate': rate, 'losses': losses}

torch.manual_seed(0)
out = [run('compact', Net(1, 3, (32, 3, 1, 1), False, [(32, 1, 2), (64, 2, 2), (128, 2, 2)]), 1, 24),
       run('resnet18', Net(3, 3, (64, 7, 2, 3), True, [(64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2)]), 3, 48),
       run('resnet50', Net(3, 3, (64, 7, 2, 3), True, [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], Bottleneck, 4), 3, 64, rate=1e-6),
       run('vgg11', Vgg(1, 3), 1, 32)]
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out, indent=1) + '\n')
