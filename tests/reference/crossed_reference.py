"""Writes crossed_reference.json: comparisons of two methods over seeds and images, worked out in two
ways that share nothing with bench: sums of squares as reductions of least-squares fits to the raw
scores, and restricted maximum likelihood by numerical optimization of the dense normal likelihood
(REML equals the analysis of variance where the layout is balanced and no component is negative).

python3 -m pip install numpy==2.4.6 scipy==1.17.1; python3 crossed_reference.py
"""

import json
import pathlib

import numpy as np
from scipy import optimize, stats

LEVEL = 0.05


def residual_squares(columns, y):
    fitted = columns @ np.linalg.lstsq(columns, y, rcond=None)[0]
    return float(((y - fitted) ** 2).sum())


def indicators(labels):
    return (labels[:, None] == np.unique(labels)[None, :]).astype(float)


def mean_squares(scores):
    """Seeds, images, residual: (mean square, degrees) of a [seed][image] layout."""
    seeds, images = scores.shape
    y = scores.ravel()
    one = np.ones((y.size, 1))
    of_seed = indicators(np.repeat(np.arange(seeds), images))
    of_image = indicators(np.tile(np.arange(images), seeds))
    both = residual_squares(np.hstack([of_seed, of_image]), y)
    only_seed = residual_squares(of_seed, y)
    only_image = residual_squares(of_image, y)
    rest = (seeds - 1) * (images - 1)
    return ((only_image - both) / (seeds - 1), seeds - 1), ((only_seed - both) / (images - 1),
                                                            images - 1), (both / rest, rest)


def reach(parts, level):
    return np.sqrt(sum(stats.t.isf(level / 2, nu) ** 2 * v for v, nu in parts))


def answers(difference, parts, overlap, images):
    variance = sum(v for v, _ in parts) - sum(v for v, _ in overlap)
    degrees = variance ** 2 / sum(v ** 2 / nu for v, nu in parts + overlap)
    t = abs(difference) / np.sqrt(variance)
    wide = stats.t.isf(LEVEL / 2, degrees) * np.sqrt(variance)
    p = optimize.brentq(lambda a: reach(parts, a) - abs(difference), 1e-14, 1 - 1e-12,
                        xtol=1e-15, rtol=1e-13)
    far = reach(parts, LEVEL)
    alone = stats.t.isf(LEVEL / 2, parts[-1][1]) * np.sqrt(parts[-1][0])
    seeds_only = [part for part in parts[:-1]]
    p_fixed = optimize.brentq(lambda a: reach(seeds_only, a) - abs(difference), 1e-14, 1 - 1e-12,
                              xtol=1e-15, rtol=1e-13)
    return {"difference": difference, "standard_error": np.sqrt(variance),
            "satterthwaite_degrees": degrees, "satterthwaite_p": 2 * stats.t.sf(t, degrees),
            "satterthwaite": [difference - wide, difference + wide],
            "interval": [difference - far, difference + far], "p": p, "p_this_test_set": p_fixed,
            "images_only": [difference - alone, difference + alone]}


def minus_log_reml(covariance, columns, y):
    sign, log_det = np.linalg.slogdet(covariance)
    inverse = np.linalg.inv(covariance)
    information = columns.T @ inverse @ columns
    beta = np.linalg.solve(information, columns.T @ inverse @ y)
    rest = y - columns @ beta
    return 0.5 * (log_det + np.linalg.slogdet(information)[1] + rest @ inverse @ rest)


def reml(parts_of, count, columns, y, contrast):
    """Variance of contrast @ beta at the maximum of the restricted likelihood."""
    def loss(logs):
        return minus_log_reml(parts_of(logs), columns, y)
    best = np.full(count, -1.5)
    for _ in range(3):
        best = optimize.minimize(loss, best, method="BFGS", options={"gtol": 1e-8}).x
    inverse = np.linalg.inv(parts_of(best))
    return float(contrast @ np.linalg.inv(columns.T @ inverse @ columns) @ contrast)


def matched(a, b):
    d = a - b
    seeds, images = d.shape
    (of_seeds, nu_s), (of_images, nu_i), (rest, nu_e) = mean_squares(d)
    n = seeds * images
    facts = answers(float(d.mean()), [(of_seeds / n, nu_s), (of_images / n, nu_i)],
                    [(rest / n, nu_e)], images)
    facts["components"] = [np.sqrt((of_seeds - rest) / images), np.sqrt((of_images - rest) / seeds),
                           np.sqrt(rest)]
    seed = indicators(np.repeat(np.arange(seeds), images))
    image = indicators(np.tile(np.arange(images), seeds))

    def covariance(logs):
        s, i, e = np.exp(logs)
        return s * seed @ seed.T + i * image @ image.T + e * np.eye(n)
    facts["reml_standard_error"] = np.sqrt(
        reml(covariance, 3, np.ones((n, 1)), d.ravel(), np.ones(1)))
    return facts


def unmatched(a, b):
    images = a.shape[1]
    parts, overlap, seed, residual = [], [], 0.0, 0.0
    for side in (a, b):
        if len(side) == 1:
            continue
        (of_seeds, nu_s), _, (rest, nu_e) = mean_squares(side)
        n = side.size
        parts.append((of_seeds / n, nu_s))
        overlap.append((rest / n, nu_e))
        seed += (of_seeds - rest) / images
        residual += rest
    gaps = a.mean(0) - b.mean(0)
    parts.append((float(gaps.var(ddof=1)) / images, images - 1))
    facts = answers(float(gaps.mean()), parts, overlap, images)
    image = gaps.var(ddof=1) - sum(v for v, _ in overlap) * images
    facts["components"] = [np.sqrt(seed), np.sqrt(image), np.sqrt(residual)]
    if len(b) > 1:
        facts["reml_standard_error"] = np.sqrt(unmatched_reml(a, b))
    return facts


def unmatched_reml(a, b):
    images = a.shape[1]
    blocks = []
    for side in (a, b):
        blocks.append((indicators(np.repeat(np.arange(len(side)), images)),
                       indicators(np.tile(np.arange(images), len(side)))))
    size = a.size + b.size
    columns = np.zeros((size, 2))
    columns[:a.size, 0] = 1
    columns[a.size:, 1] = 1

    def covariance(p):
        matrix = np.zeros((size, size))
        # The image effects of both sides: an unstructured covariance by its Cholesky factor.
        factor = np.array([[np.exp(p[4]), 0.0], [p[6], np.exp(p[5])]])
        of_images = factor @ factor.T
        places = [slice(0, a.size), slice(a.size, size)]
        for x in range(2):
            matrix[places[x], places[x]] += np.exp(p[x]) * blocks[x][0] @ blocks[x][0].T
            matrix[places[x], places[x]] += np.exp(p[2 + x]) * np.eye(len(blocks[x][0]))
            for y in range(2):
                matrix[places[x], places[y]] += of_images[x, y] * blocks[x][1] @ blocks[y][1].T
        return matrix
    y = np.concatenate([a.ravel(), b.ravel()])
    return reml(covariance, 7, columns, y, np.array([1.0, -1.0]))


def scores(rng, seeds, images, image_effects, seed_sd, residual_sd, mean, own_sd):
    own = rng.normal(size=images) * own_sd
    return np.round(mean + image_effects + own + seed_sd * rng.normal(size=(seeds, 1))
                    + residual_sd * rng.normal(size=(seeds, images)), 3)


cases = []
for name, seeds_a, seeds_b, images, kind, stream in [
        ("three matched seeds", 3, 3, 8, "matched", 1), ("five matched seeds", 5, 5, 6, "matched", 2),
        ("two matched seeds", 2, 2, 10, "matched", 3), ("unmatched", 4, 3, 6, "unmatched", 4),
        ("given weights", 4, 1, 7, "unmatched", 6)]:
    rng = np.random.default_rng(stream)
    shared = rng.normal(size=images) * 2.0
    a = scores(rng, seeds_a, images, shared, 0.25, 0.1, 29.3, 0.3)
    b = scores(rng, seeds_b, images, shared, 0.25, 0.1, 28.9, 0.3)
    facts = matched(a, b) if kind == "matched" else unmatched(a, b)
    cases.append({"name": name, "kind": kind, "a": a.tolist(), "b": b.tolist(), **facts})
    print(name, facts)

path = pathlib.Path(__file__).parent / "crossed_reference.json"
path.write_text(json.dumps({"about": "made by crossed_reference.py (numpy %s, least squares and REML)"
                                     % np.__version__, "cases": cases}, indent=1, default=float) + "\n")
