#!/usr/bin/env python3
"""Makes metric_synthetic.json: SSIM flavours that the fixtures are too small for.

Independent of the C++ code: SciPy's filters on a image made by a formula. Wang's automatic
downsampling with factors 2 and 3 (sides of 384 pixels or more), MS-SSIM with odd sizes, and patch
means. Needs numpy and scipy. Usage: metric_synthetic.py > metric_synthetic.json
"""
import json
import sys

import numpy as np
from scipy.ndimage import convolve1d, correlate


def image(height, width, a, b):
    """Bytes from integers alone: the same in every language."""
    row, column = np.mgrid[0:height, 0:width].astype(np.int64)
    return ((row * row * a + column * b * 3 + (row * column) // 7) % 251).astype(float)


def blend(height, width):
    """A pair of which SSIM is neither 0 nor 1: (3 x + y) // 4 against x."""
    x = image(height, width, 1, 2)
    y = image(height, width, 3, 5)
    return np.floor((3 * x + y) / 4), x


def taps():
    weights = np.exp(-np.arange(-5, 6) ** 2 / (2 * 1.5**2))
    return weights / weights.sum()


def maps(x, y):
    def mean(image):
        blurred = convolve1d(convolve1d(image, taps(), axis=0), taps(), axis=1)
        return blurred[5:-5, 5:-5]

    c1, c2 = 2.55**2, 7.65**2
    mx, my = mean(x), mean(y)
    vx, vy, vxy = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    contrast = (2 * vxy + c2) / (vx + vy + c2)
    return ((2 * mx * my + c1) / (mx * mx + my * my + c1) * contrast).mean(), contrast.mean()


def wang(x, y):
    factor = max(1, int(np.floor(min(x.shape) / 256 + 0.5)))
    # Matlab's imfilter centers an even box at its upper left middle; SciPy's correlate at the lower
    # right one, so an even box is shifted back by one pixel.
    origin = -1 if factor % 2 == 0 else 0
    box = np.full((factor, factor), 1.0 / factor**2)

    def small(image):
        return correlate(image, box, mode="reflect", origin=origin)[::factor, ::factor]

    return maps(small(x), small(y))[0], factor


def ms_ssim(x, y):
    product = 1.0
    for scale, weight in enumerate([0.0448, 0.2856, 0.3001, 0.2363, 0.1333]):
        ssim, contrast = maps(x, y)
        product *= max(0.0, ssim if scale == 4 else contrast) ** weight
        height, width = x.shape[0] // 2, x.shape[1] // 2
        x, y = (
            image[: 2 * height, : 2 * width].reshape(height, 2, width, 2).mean(axis=(1, 3))
            for image in (x, y)
        )
    return product


def main():
    cases = []
    for height, width in [(383, 500), (384, 450), (511, 401), (650, 661)]:
        value, factor = wang(*blend(height, width))
        cases.append({"protocol": "ssim(downsample=wang)", "height": height, "width": width,
                      "factor": factor, "value": value})
    for height, width in [(177, 190), (211, 305), (255, 353)]:
        cases.append({"protocol": "ms-ssim()", "height": height, "width": width,
                      "value": ms_ssim(*blend(height, width))})
    json.dump({"about": "made by metric_synthetic.py; restored = floor((3 x + y) / 4), target = x",
               "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
