"""Makes the images of this folder and expected.tsv, with Pillow as the judge.

Run: python3 make_images.py (numpy and Pillow; made with Pillow 13.0). Columns of expected.tsv: file,
channels, height, width, SHA-256 of the samples plane after plane as Pillow decodes them (16-bit
files: rounded to 8 bits here by (v * 255 + 32767) // 65535).
"""
import hashlib
import struct
import zlib

import numpy as np
from PIL import Image

rows, columns = np.mgrid[0:13, 0:17]
gray = ((rows * 37 + columns * 11) % 256).astype(np.uint8)
rgb = np.stack([gray, (rows * 5 + columns * 29) % 256, 255 - gray], axis=2).astype(np.uint8)
expected = []


def planes_of(array):
    return array[None] if array.ndim == 2 else array.transpose(2, 0, 1)


def note(name, array):
    planes = np.ascontiguousarray(planes_of(array)).astype(np.uint8)
    digest = hashlib.sha256(planes.tobytes()).hexdigest()
    expected.append(f"{name}\t{planes.shape[0]}\t{planes.shape[1]}\t{planes.shape[2]}\t{digest}")


def save(name, image, read_as, **options):
    image.save(name, **options)
    note(name, np.asarray(Image.open(name).convert(read_as)))


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def save_16_bit(name, samples, color_type):
    height, width = samples.shape[:2]
    lines = b"".join(b"\0" + line.astype(">u2").tobytes() for line in samples)
    header = struct.pack(">IIBBBBB", width, height, 16, color_type, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
                   chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))
    note(name, (samples.astype(np.uint64) * 255 + 32767) // 65535)


save("gray8.png", Image.fromarray(gray), "L")
save("rgb8.png", Image.fromarray(rgb), "RGB")
save("palette.png", Image.fromarray(rgb).quantize(16), "RGB")
save("gray1.png", Image.fromarray(gray).convert("1"), "L")
save("rgba.png", Image.fromarray(np.dstack([rgb, gray])), "RGB")
save("gray_alpha.png", Image.fromarray(np.dstack([gray, gray]), "LA"), "L")
save("rgb_transparent.png", Image.fromarray(rgb), "RGB", transparency=(1, 2, 3))
wide = (rows * 4801 + columns * 977) % 65536
save_16_bit("gray16.png", wide, 0)
save_16_bit("rgb16.png", np.stack([wide, 65535 - wide, wide // 3], axis=2), 2)
save("gray.jpg", Image.fromarray(gray), "L", quality=90)
save("rgb_444.jpg", Image.fromarray(rgb), "RGB", quality=90, subsampling=0)
save("rgb_420.jpg", Image.fromarray(rgb), "RGB", quality=75, subsampling=2)
save("rgb_progressive.jpg", Image.fromarray(rgb), "RGB", quality=75, progressive=True)
Image.fromarray(rgb).convert("CMYK").save("cmyk.jpg")
with open("expected.tsv", "w", encoding="ascii") as file:
    file.write("\n".join(expected) + "\n")
