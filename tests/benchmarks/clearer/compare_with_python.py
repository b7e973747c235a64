"""Times one training step of a small CLEARER network in Python eager PyTorch and in bench.

    python3 compare_with_python.py --bench BUILD/tests/clearer/clearer_benchmark [--threads 1]

Needs `pip install torch==2.13.0`, the version that bench is built with. Both sides train the
alternating network with widths 8/16/32/64 and cells of 2 modules (gray, batch 8, patches 32x32):
forward, mean squared error, backward, clipping to norm 5, Adam. Both are run in turn, several
times, and the median step of all rounds is printed, because machines drift. The Python side is
the network as its authors' code would have it: modules, no fused optimizer, NCHW.
"""

import argparse
import json
import statistics
import subprocess
import time

import torch
from torch import nn

WIDTHS = [8, 16, 32, 64]
CELL = 2


def conv_bn(inputs, outputs, kernel=3, stride=1, relu=True):
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = conv_bn(width, width)
        self.second = conv_bn(width, width, relu=False)

    def forward(self, x):
        return torch.relu(self.second(self.first(x)) + x)


class Bottleneck(nn.Module):
    def __init__(self, inputs, planes):
        super().__init__()
        self.body = nn.Sequential(
            conv_bn(inputs, planes, 1), conv_bn(planes, planes), conv_bn(planes, 4 * planes, 1, relu=False)
        )
        same = inputs == 4 * planes
        self.projection = nn.Identity() if same else conv_bn(inputs, 4 * planes, 1, relu=False)

    def forward(self, x):
        return torch.relu(self.body(x) + self.projection(x))


class Parallel(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.blocks = nn.ModuleList(Residual(WIDTHS[i]) for i in range(branches))

    def forward(self, features):
        return [block(x) for block, x in zip(self.blocks, features)]


class Fusion(nn.Module):
    def __init__(self, branches, outputs):
        super().__init__()
        self.paths = nn.ModuleList()
        for to in range(outputs):
            self.paths.append(nn.ModuleList(self.path(source, to) for source in range(branches)))

    @staticmethod
    def path(source, to):
        if source == to:
            return nn.Identity()
        if source > to:
            up = nn.Upsample(scale_factor=2 ** (source - to), mode="nearest")
            return nn.Sequential(*conv_bn(WIDTHS[source], WIDTHS[to], 1, relu=False), up)
        chain = [conv_bn(WIDTHS[source], WIDTHS[source], 3, 2) for _ in range(to - source - 1)]
        return nn.Sequential(*chain, conv_bn(WIDTHS[source], WIDTHS[to], 3, 2, relu=False))

    def forward(self, features):
        fused = []
        for row in self.paths:
            total = row[0](features[0])
            for path, x in zip(row[1:], features[1:]):
                total = total + path(x)
            fused.append(torch.relu(total))
        return fused


class Derived(nn.Module):
    """Alternating modules: parallel, fusion, parallel, ..."""

    def __init__(self):
        super().__init__()
        width = WIDTHS[0]
        self.stem = nn.Sequential(Bottleneck(1, width), Bottleneck(4 * width, width))
        self.reduce = conv_bn(4 * width, width)
        self.lower = nn.ModuleList(
            conv_bn(4 * width if i == 0 else WIDTHS[i], WIDTHS[i + 1], 3, 2) for i in range(3)
        )
        kinds = (Parallel(b) if i % 2 == 0 else Fusion(b, b) for i, b in enumerate([2, 2, 3, 3, 4, 4]))
        self.modules_in_order = nn.ModuleList(kinds)
        self.final_fuse = Fusion(4, 1)
        self.final_conv = nn.Conv2d(width, 1, 1, bias=False)

    def forward(self, x):
        x = self.stem(x)
        features = [self.reduce(x), self.lower[0](x)]
        for i, module in enumerate(self.modules_in_order):
            if i > 0 and i % CELL == 0:
                features = [*features, self.lower[i // CELL](features[-1])]
            features = module(features)
        return self.final_conv(self.final_fuse(features)[0])


def python_step_ms(steps, clock):
    torch.manual_seed(1)
    network = Derived()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    target = torch.rand(8, 1, 32, 32)
    degraded = target + 0.2 * torch.randn_like(target)
    times = []
    for _ in range(steps + 5):
        start = clock()
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(network(degraded), target)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        loss.item()
        times.append(1e3 * (clock() - start))
    return times[5:]


def bench_step_ms(program, threads, steps, processor_time):
    command = [program, "--what", "train", "--rounds", "1", "--json", "--threads", str(threads), "--steps", str(steps)]
    command += ["--processor-time"] * processor_time
    measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {entry["name"]: entry["milliseconds"] for entry in measured}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", required=True, help="the built clearer_benchmark")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processor-time", action="store_true", help="of all threads, instead of the wall's")
    arguments = parser.parse_args()
    clock = time.process_time if arguments.processor_time else time.perf_counter
    torch.set_num_threads(arguments.threads)

    python, bench = [], {}
    for _ in range(arguments.rounds):
        python += python_step_ms(arguments.steps, clock)
        measured = bench_step_ms(arguments.bench, arguments.threads, arguments.steps, arguments.processor_time)
        for name, values in measured.items():
            bench.setdefault(name, []).extend(values)
    reference = statistics.median(python)
    parameters = sum(p.numel() for p in Derived().parameters())
    print(f"PyTorch {torch.__version__}, {arguments.threads} thread(s), {parameters} parameters, median ms a step")
    print(f"{'Python eager, NCHW, torch.optim.Adam':52s} {reference:7.2f}")
    for name, values in bench.items():
        middle = statistics.median(values)
        ratio = f"{reference / middle:5.2f} x Python" if name.startswith("train") else ""
        print(f"{name:52s} {middle:7.2f}  {ratio}")


if __name__ == "__main__":
    main()
