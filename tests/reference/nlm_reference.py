"""Writes nlm_reference.json: scikit-image's denoise_nl_means(fast_mode=False) on two images of
metric_fixtures (8-bit values / 255), 48 pixels spread over each result, their mean and PSNR.

python3 -m pip install numpy scikit-image==0.26.0; python3 nlm_reference.py
"""

import json
import pathlib

import numpy as np
from skimage import io
from skimage.restoration import denoise_nl_means

HERE = pathlib.Path(__file__).parent
SIGMA = 30 / 255
CASES = [  # image, patch size, search radius, h in multiples of sigma, noise subtracted
    ("gray_camera_192_s30", 7, 10, 0.40, True),
    ("gray_camera_192_s30", 5, 6, 0.85, False),
    ("rgb_coffee_rain", 5, 6, 0.85, False),
    ("rgb_coffee_rain", 9, 4, 0.35, True),
]


def planes_first(image):
    return image[None] if image.ndim == 2 else image.transpose(2, 0, 1)


values = []
for name, patch_size, search_radius, strength, subtract in CASES:
    noisy = io.imread(HERE / "metric_fixtures" / f"{name}.png") / 255.0
    clean = io.imread(HERE / "metric_fixtures" / f"{name}_ref.png") / 255.0
    restored = denoise_nl_means(
        noisy, patch_size=patch_size, patch_distance=search_radius, h=strength * SIGMA,
        sigma=SIGMA if subtract else 0.0, fast_mode=False,
        channel_axis=None if noisy.ndim == 2 else -1)
    flat = planes_first(restored).ravel()
    indices = np.linspace(0, flat.size - 1, 48).astype(int)
    values.append({
        "image": name, "patch_size": patch_size, "search_radius": search_radius,
        "strength": strength, "subtract_noise": subtract, "sigma_8bit": 30,
        "indices": indices.tolist(), "samples": [round(float(v), 9) for v in flat[indices]],
        "mean": float(flat.mean()),
        "psnr_db": float(-10 * np.log10(np.mean((restored - clean) ** 2))),
    })

about = "scikit-image 0.26.0, denoise_nl_means(fast_mode=False); made by nlm_reference.py"
(HERE / "nlm_reference.json").write_text(json.dumps({"about": about, "values": values}, indent=1))
