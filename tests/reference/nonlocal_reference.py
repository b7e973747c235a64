"""Writes nonlocal_reference.json: forwards of N3Net (Ploetz & Roth, NeurIPS 2018) and NLRN (Liu et
al., NeurIPS 2018) in double precision, from the papers' equations, patch by patch and pixel by pixel.
Parameters by formula: s = sin(.37 i + 1) for one flat index i over all of them in order; two or more
dimensions .5 sqrt(2 / prod(shape[1:])) s, normalization weights 1 + .1 s, other vectors .1 s, rounded
to float32. Input x[j] = .5 + .5 sin(.11 j + .5), rounded to float32. Running statistics at 0 and 1.

python3 -m pip install numpy torch==2.13.0; python3 nonlocal_reference.py
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F


class Parameters:
    """Hands out the formula's values in the order in which they are asked for by name."""

    def __init__(self):
        self.index, self.values, self.names = 0, {}, []

    def __call__(self, name, shape):
        if name in self.values:
            return self.values[name]
        count = int(np.prod(shape))
        s = np.sin(0.37 * np.arange(self.index, self.index + count) + 1)
        self.index += count
        if len(shape) >= 2:
            s = 0.5 * math.sqrt(2 / np.prod(shape[1:])) * s
        else:
            s = 1 + 0.1 * s if name.endswith("weight") else 0.1 * s
        self.names.append([name, list(shape)])
        self.values[name] = torch.from_numpy(s.astype(np.float32).astype(np.float64)).reshape(shape)
        return self.values[name]


def convolution(p, name, x, channels, kernel=3, bias=True):
    weight = p(name + ".weight", (channels, x.shape[1], kernel, kernel))
    return F.conv2d(x, weight, p(name + ".bias", (channels,)) if bias else None, padding=kernel // 2)


def normalized(p, name, x, training):
    """Over all axes but the second."""
    axes = [0, *range(2, x.dim())]
    shape = [1, -1, *[1] * (x.dim() - 2)]
    weight, bias = p(name + ".weight", (x.shape[1],)), p(name + ".bias", (x.shape[1],))
    if training:
        mean = x.mean(axes, keepdim=True)
        x = (x - mean) / torch.sqrt(((x - mean) ** 2).mean(axes, keepdim=True) + 1e-5)
    else:
        x = x / math.sqrt(1 + 1e-5)
    return x * weight.reshape(shape) + bias.reshape(shape)


# --- N3Net -------------------------------------------------------------------------------------

PATCH, STRIDE, WINDOW, PLANES = 10, 5, 15, 8


def small_network(p, name, y, hidden, channels, training):
    for layer in range(2):
        y = convolution(p, f"{name}.{layer}", y, hidden, bias=False)
        y = torch.relu(normalized(p, f"{name}.norm{layer}", y, training))
    return convolution(p, f"{name}.2", y, channels)


def others_in_window(place, rows, columns):
    """All patches of the window around a place but itself; at the edges the window moves inwards."""
    def along(at, side):
        length = min(side, WINDOW)
        begin = max(0, min(at - WINDOW // 2, side - length))
        return range(begin, begin + length)
    return [(r, c) for r in along(place[0], rows) for c in along(place[1], columns) if (r, c) != place]


def patch(planes, place):
    y, x = place[0] * STRIDE, place[1] * STRIDE
    return planes[:, y:y + PATCH, x:x + PATCH]


def soft_neighbors(distances, temperature, count):
    """Eq. by eq.: a = -d / t; w = softmax(a); a <- a + log(1 - w)."""
    a, weights = -distances / temperature, []
    for _ in range(count):
        e = torch.exp(a - a.max())
        w = e / e.sum()
        weights.append(w)
        a = a + torch.log1p(-w)
    return weights


def n3_block(p, name, y, hidden, count, training):
    embedded = small_network(p, name + ".embedding", y, hidden, PLANES, training)
    log_temperature = small_network(p, name + ".temperature", y, hidden, 1, training)
    images, _, height, width = y.shape
    rows, columns = (height - PATCH) // STRIDE + 1, (width - PATCH) // STRIDE + 1
    places = [(r, c) for r in range(rows) for c in range(columns)]
    candidates = [others_in_window(place, rows, columns) for place in places]
    distances = torch.stack([torch.stack([
        torch.stack([((patch(e, place) - patch(e, other)) ** 2).sum() for other in others])
        for place, others in zip(places, candidates)]) for e in embedded])
    # One channel: all pairs of the batch together.
    distances = normalized(p, name + ".distance_norm", distances.reshape(-1, 1),
                           training).reshape(distances.shape)
    result = []
    for n in range(images):
        sums = torch.zeros(count, PLANES, height, width, dtype=torch.float64)
        covered = torch.zeros(height, width, dtype=torch.float64)
        for i, place in enumerate(places):
            temperature = torch.exp(patch(log_temperature[n], place).mean())
            top, left = place[0] * STRIDE, place[1] * STRIDE
            covered[top:top + PATCH, left:left + PATCH] += 1
            for j, w in enumerate(soft_neighbors(distances[n, i], temperature, count)):
                mixed = sum(v * patch(y[n], other) for v, other in zip(w, candidates[i]))
                sums[j, :, top:top + PATCH, left:left + PATCH] += mixed
        result.append(torch.cat([y[n], (sums / covered).reshape(-1, height, width)]))
    return torch.stack(result)


def n3net(p, x, training, features, depth, count):
    colors = x.shape[1]
    for block in range(3):
        last = block == 2
        y = torch.relu(convolution(p, f"local{block}.first", x, features))
        for layer in range(depth - 2):
            y = convolution(p, f"local{block}.{layer}", y, features, bias=False)
            y = torch.relu(normalized(p, f"local{block}.norm{layer}", y, training))
        y = convolution(p, f"local{block}.last", y, colors if last else PLANES)
        shared = min(x.shape[1], y.shape[1])
        x = torch.cat([y[:, :shared] + x[:, :shared], y[:, shared:]], 1)
        p(f"unused_norm{block}.weight", (features,)), p(f"unused_norm{block}.bias", (features,))
        if not last:
            x = n3_block(p, f"block{block}", x, features, count, training)
    return x


# --- NLRN --------------------------------------------------------------------------------------

def non_local(p, h, window):
    channels = h.shape[1]
    theta = convolution(p, "non_local.theta", h, channels // 2, 1)
    phi = convolution(p, "non_local.phi", h, channels // 2, 1)
    g = convolution(p, "non_local.g", h, channels, 1)
    _, _, height, width = h.shape
    z = h.clone()
    for y in range(height):
        for x in range(width):
            length = min(height, window), min(width, window)
            top = max(0, min(y - window // 2, height - length[0]))
            left = max(0, min(x - window // 2, width - length[1]))
            around = (slice(None), slice(None), slice(top, top + length[0]), slice(left, left + length[1]))
            products = (theta[:, :, y, x, None, None] * phi[around]).sum(1)
            e = torch.exp(products - products.amax((1, 2), keepdim=True))
            w = e / e.sum((1, 2), keepdim=True)
            z[:, :, y, x] += (w[:, None] * g[around]).sum((2, 3))
    return z


def nlrn(p, image, training, features, steps, window):
    first = convolution(p, "extract", normalized(p, "input_norm", image, training), features)
    for name, shape in (("theta", (features // 2, features, 1, 1)), ("phi", (features // 2, features, 1, 1)),
                        ("g", (features, features, 1, 1))):
        p(f"non_local.{name}.weight", shape), p(f"non_local.{name}.bias", shape[:1])
    for name in ("first", "second"):
        p(f"{name}.weight", (features, features, 3, 3)), p(f"{name}.bias", (features,))
    state = first
    for t in range(steps):
        h = torch.relu(normalized(p, f"norm{t}_before_non_local", state, training))
        h = normalized(p, f"norm{t}_before_first", non_local(p, h, window), training)
        h = normalized(p, f"norm{t}_before_second", convolution(p, "first", h, features), training)
        state = convolution(p, "second", torch.relu(h), features) + first
    state = torch.relu(normalized(p, "output_norm", state, training))
    return image + convolution(p, "to_image", state, image.shape[1])


def forward(network, shape, training, **options):
    p = Parameters()
    j = np.arange(int(np.prod(shape)))
    x = (0.5 + 0.5 * np.sin(0.11 * j + 0.5)).astype(np.float32).astype(np.float64).reshape(shape)
    y = network(p, torch.from_numpy(x), training, **options)
    flat = y.flatten()
    return p, {"shape": list(y.shape), "mean": flat.mean().item(), "std_unbiased": flat.std().item(),
               "first16": flat[:16].tolist(), "last4": flat[-4:].tolist()}


CASES = {  # name: network, shape, options
    "n3net": (n3net, (2, 1, 30, 40), dict(features=64, depth=6, count=7)),
    "n3net, a window smaller than the image": (n3net, (1, 1, 95, 90), dict(features=8, depth=3, count=3)),
    "n3net, color": (n3net, (2, 3, 20, 25), dict(features=6, depth=4, count=5)),
    "nlrn": (nlrn, (2, 1, 14, 18), dict(features=128, steps=12, window=45)),
    "nlrn, a window smaller than the image": (nlrn, (2, 3, 13, 17), dict(features=8, steps=3, window=5)),
}


def main():
    torch.set_num_threads(1)
    cases = {}
    for name, (network, shape, options) in CASES.items():
        case = {"options": options}
        for mode in ("eval", "train"):
            p, case[mode] = forward(network, shape, mode == "train", **options)
        case["num_params"], case["named_parameters"] = p.index, p.names
        cases[name] = case
        print(name, p.index, case["eval"]["mean"], case["eval"]["std_unbiased"])
    text = json.dumps({"about": __doc__.split("\n\npython3")[0], "cases": cases}, separators=(",", ":"))
    pathlib.Path(__file__).with_name("nonlocal_reference.json").write_text(text + "\n")


if __name__ == "__main__":
    with torch.no_grad():
        main()
