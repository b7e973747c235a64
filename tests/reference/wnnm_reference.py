"""Writes wnnm_reference.json: weighted nuclear norm minimization (Gu et al., CVPR 2014) in double
precision by numpy, with a full singular value decomposition and plain loops, of small crops of
camera512.png (8-bit values / 255 plus RandomState(seed) noise), and one shrunk matrix.

python3 -m pip install numpy pillow; python3 wnnm_reference.py
"""

import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
CAMERA = np.asarray(Image.open(HERE / "camera512.png"), dtype=np.float64)
SETTINGS = {  # sigma: patch, group, iterations, lambda
    15: (6, 70, 8, 0.54), 25: (7, 90, 12, 0.56), 50: (8, 120, 14, 0.58), 75: (9, 140, 14, 0.58)}
STRENGTH = 2 * np.sqrt(2)


def soft(values, threshold):
    return np.maximum(values - threshold, 0)


def shrunk(matrix, sigma):
    u, s, vt = np.linalg.svd(matrix, full_matrices=False)
    count = matrix.shape[1]
    t = np.sqrt(np.maximum(s**2 - count * sigma**2, 0))
    for _ in range(3):
        t = soft(s, STRENGTH * np.sqrt(count) * sigma**2 / (t + np.finfo(float).eps))
    return u @ np.diag(t) @ vt


def patch(image, corner, size):
    return image[corner[0]:corner[0] + size, corner[1]:corner[1] + size].ravel()


def corners(side, size):
    return sorted(set(range(0, side - size + 1, size // 2 - 1)) | {side - size})


def similar(image, reference, size, radius, count):
    height, width = image.shape
    wanted = patch(image, reference, size)
    found = []
    for y in range(max(reference[0] - radius, 0), min(reference[0] + radius, height - size) + 1):
        for x in range(max(reference[1] - radius, 0), min(reference[1] + radius, width - size) + 1):
            found.append((np.sum((patch(image, (y, x), size) - wanted) ** 2), y, x))
    return [(y, x) for _, y, x in sorted(found)[:count]]


def wnnm(noisy, sigma, radius):
    size, group, iterations, scale = SETTINGS[sigma]
    references = [(y, x) for y in corners(noisy.shape[0], size) for x in corners(noisy.shape[1], size)]
    estimate = noisy.copy()
    groups = []
    for iteration in range(iterations):
        estimate = estimate + 0.1 * (noisy - estimate)
        if iteration % 2 == 0:
            group -= 10
            groups = [similar(estimate, r, size, radius, group) for r in references]
        values, counts = np.zeros_like(noisy), np.zeros_like(noisy)
        for reference, members in zip(references, groups):
            removed = np.mean((patch(noisy, reference, size) - patch(estimate, reference, size)) ** 2)
            local = sigma if iteration == 0 else scale * np.sqrt(abs(sigma**2 - removed))
            matrix = np.stack([patch(estimate, m, size) for m in members], axis=1)
            mean = matrix.mean(axis=1, keepdims=True)
            result = shrunk(matrix - mean, local) + mean
            for column, (y, x) in enumerate(members):
                values[y:y + size, x:x + size] += result[:, column].reshape(size, size)
                counts[y:y + size, x:x + size] += 1
        estimate = values / counts
    return estimate


def psnr(a, b):
    return 10 * np.log10(255**2 / np.mean((a - b) ** 2))


images = []
for sigma, seed, top, left, height, width, radius in [
        (15, 1, 100, 200, 24, 27, 30), (25, 2, 130, 250, 28, 24, 30), (25, 3, 60, 220, 26, 31, 6),
        (50, 4, 130, 250, 25, 25, 30), (75, 5, 300, 140, 26, 24, 9)]:
    clean = CAMERA[top:top + height, left:left + width]
    noise = np.random.RandomState(seed).standard_normal(clean.size).reshape(clean.shape)
    restored = wnnm(clean + sigma * noise, sigma, radius)
    images.append({
        "sigma_8bit": sigma, "seed": seed, "top": top, "left": left, "height": height,
        "width": width, "search_radius": radius, "psnr_db": psnr(restored, clean),
        "noisy_psnr_db": psnr(clean + sigma * noise, clean),
        "values": [round(v, 6) for v in restored.ravel()[::13]]})

matrix = np.array([[((i * 7 + j * 3) ** 2) % 11 - 5.0 for j in range(7)] for i in range(4)])
matrices = [{"sigma": sigma, "rows": m.shape[0], "columns": m.shape[1],
             "matrix": m.T.ravel().tolist(),  # column after column
             "singular_values": np.linalg.svd(m)[1].tolist(),
             "shrunk": shrunk(m, sigma).T.ravel().tolist()}
            for m in (matrix, matrix.T) for sigma in (0.5, 1.0)]

about = __doc__ + f"numpy {np.__version__}; values: every 13th pixel, 0..255 scale"
(HERE / "wnnm_reference.json").write_text(
    json.dumps({"about": about, "images": images, "matrices": matrices}, indent=1) + "\n")
