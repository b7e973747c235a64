"""Makes one image in each EXIF orientation, as PNG and as JPEG, with Pillow 13, and expected.tsv:
the samples after PIL.ImageOps.exif_transpose, plane after plane."""
import hashlib

import numpy as np
from PIL import Image, ImageOps

rows, columns = np.mgrid[0:5, 0:7]
rgb = np.stack([rows * 40 + columns, columns * 30, 255 - rows * columns * 8], axis=2).astype(np.uint8)
expected = []
for orientation in range(1, 9):
    for suffix, options in (("png", {}), ("jpg", {"quality": 95, "subsampling": 0})):
        name = f"orientation{orientation}.{suffix}"
        exif = Image.Exif()
        exif[0x0112] = orientation
        if suffix == "jpg":
            exif[0x010F] = "a camera"  # another tag in front
        Image.fromarray(rgb).save(name, exif=exif, **options)
        planes = np.asarray(ImageOps.exif_transpose(Image.open(name))).transpose(2, 0, 1)
        digest = hashlib.sha256(np.ascontiguousarray(planes).tobytes()).hexdigest()
        expected.append(f"{name}\t{orientation}\t{planes.shape[1]}\t{planes.shape[2]}\t{digest}")
with open("expected.tsv", "w", encoding="ascii") as file:
    file.write("\n".join(expected) + "\n")
