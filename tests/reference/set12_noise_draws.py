"""How far one draw of the noise moves DnCNN-S on Set12: numbers quoted in
docs/results/denoise_pretrained.md.

Independent of this project's programs (NumPy 2, PyTorch 2.13, Pillow 12):

    python set12_noise_draws.py DATA_DIR SIGMA KIND SEED...

DATA_DIR holds data/denoise/set12_gray/*.png and weights/dncnn_s_sigmaSIGMA.safetensors. KIND:
same     numpy's RandomState(SEED) anew for each image: images of one size share their noise
own      one RandomState(1000 + SEED) for all images, one after the other
clip     as same, the noisy image clipped to [0, 1]
Prints, for each seed, the mean PSNR (peak 255, no border) of outputs rounded to 8 bits, of clipped
float outputs, and each image's rounded one.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image


def read_weights(file):
    content = file.read_bytes()
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + size])
    header.pop("__metadata__", None)
    weights = {}
    for name, entry in header.items():
        first, last = (8 + size + offset for offset in entry["data_offsets"])
        values = np.frombuffer(content[first:last], dtype="<f4").copy()
        weights[name] = torch.from_numpy(values.reshape(entry["shape"]))
    return weights


def denoised(weights, noisy):
    """x - f(x); f: convolutions 3x3 with bias, ReLU between them (batch norm is merged)."""
    layers = len(weights) // 2
    features = noisy
    for layer in range(layers):
        features = torch.nn.functional.conv2d(
            features, weights[f"conv{layer}.weight"], weights[f"conv{layer}.bias"], padding=1)
        if layer + 1 < layers:
            features = torch.relu(features)
    return noisy - features


def psnr_db(restored, clean):
    return float(10 * np.log10(255**2 / np.mean((restored - clean) ** 2)))


def main():
    root, sigma, kind = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    weights = read_weights(root / f"weights/dncnn_s_sigma{sigma}.safetensors")
    files = sorted((root / "data/denoise/set12_gray").glob("*.png"))
    for seed in map(int, sys.argv[4:]):
        shared = np.random.RandomState(1000 + seed)
        rounded, clipped = [], []
        for file in files:
            clean = np.asarray(Image.open(file), dtype=np.float64)
            random = shared if kind == "own" else np.random.RandomState(seed)
            noisy = (clean / 255).astype(np.float32) + random.normal(0, sigma / 255, clean.shape)
            if kind == "clip":
                noisy = np.clip(noisy, 0, 1)
            with torch.inference_mode():
                output = denoised(weights, torch.from_numpy(noisy.astype(np.float32))[None, None])
            output = np.clip(output[0, 0].numpy().astype(np.float64) * 255, 0, 255)
            rounded.append(psnr_db(np.round(output), clean))
            clipped.append(psnr_db(output, clean))
        print(seed, round(np.mean(rounded), 4), round(np.mean(clipped), 4),
              [round(value, 3) for value in rounded], flush=True)


if __name__ == "__main__":
    main()
