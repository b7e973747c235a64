#!/usr/bin/env python3
"""Times scikit-image on the pair that metrics_benchmark times, and prints both its values.

Needs numpy and scikit-image (0.19 or newer). Run it with one thread:
  OMP_NUM_THREADS=1 compare_scikit_image.py [--repetitions 5]
"""
import argparse
import statistics
import time

import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def full_hd_pair():
    """image_pair.cpp's formula: [1080, 1920, 3] bytes, restored and target."""
    channel, row, column = np.mgrid[0:3, 0:1080, 0:1920]
    wave = 127.5 + 90.0 * np.sin(0.011 * column + channel) * np.cos(0.017 * row)
    edge = np.where((column // 37 + row // 53) % 2 == 0, 25.0, -25.0)
    clean = np.clip(wave + edge, 0, 255).astype(np.uint8)
    # state(n) = a^n state(0) + c (1 + a + ... + a^(n-1)) modulo 2^32
    powers = np.cumprod(np.full(clean.size, 1664525, np.uint32), dtype=np.uint32)
    sums = np.cumsum(np.concatenate([[1], powers[:-1]]).astype(np.uint32), dtype=np.uint32)
    state = powers + np.uint32(1013904223) * sums
    noise = (state >> 27).astype(int).reshape(clean.shape) - 16
    restored = np.clip(clean + noise, 0, 255).astype(np.uint8)
    return [np.ascontiguousarray(np.moveaxis(p, 0, -1)) for p in (restored, clean)]


def report(name, metric, repetitions):
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        value = metric()
        times.append(1000.0 * (time.perf_counter() - start))
    print(f"{name:22s} {value:.9f}   median {statistics.median(times):8.2f} ms   "
          f"fastest {min(times):8.2f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5)
    repetitions = parser.parse_args().repetitions
    restored, target = full_hd_pair()
    report("psnr", lambda: peak_signal_noise_ratio(target, restored, data_range=255), repetitions)
    report("ssim gaussian 11/1.5", lambda: structural_similarity(
        target, restored, data_range=255, channel_axis=2, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False), repetitions)
    report("ssim default (7 x 7)", lambda: structural_similarity(
        target, restored, data_range=255, channel_axis=2), repetitions)


if __name__ == "__main__":
    main()
