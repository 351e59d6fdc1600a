"""Colour difference (CIEDE2000) and colour-blindness (Machado 2009, full severity), from hex codes."""

import math

import numpy as np

MACHADO = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def seen(colour: str, kind: str) -> np.ndarray:
    """Linear RGB as seen by one kind of eye; "grey" is luminance alone."""
    rgb = linear(colour)
    if kind == "grey":
        return np.full(3, rgb @ np.array([0.2126, 0.7152, 0.0722]))
    return np.clip(MACHADO[kind] @ rgb, 0, 1)


def lab(rgb: np.ndarray) -> tuple[float, float, float]:
    xyz = TO_XYZ @ rgb / np.array([0.95047, 1.0, 1.08883])
    f = [v ** (1 / 3) if v > (6 / 29) ** 3 else v / (3 * (6 / 29) ** 2) + 4 / 29 for v in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(one: str, other: str, kind: str = "normal") -> float:
    """CIEDE2000 between two colours, as one kind of eye sees them."""
    l1, a1, b1 = lab(seen(one, kind))
    l2, a2, b2 = lab(seen(other, kind))
    return ciede2000((l1, a1, b1), (l2, a2, b2))


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """Sharma, Wu and Dalal 2005."""
    l1, a1, b1 = one
    l2, a2, b2 = two
    cm = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(cm**7 / (cm**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1 = math.degrees(math.atan2(b1, a1)) % 360 if c1 else 0.0
    h2 = math.degrees(math.atan2(b2, a2)) % 360 if c2 else 0.0
    dl, dc, dh = l2 - l1, c2 - c1, h2 - h1
    if c1 * c2 == 0:
        dh = 0.0
    elif dh > 180:
        dh -= 360
    elif dh < -180:
        dh += 360
    dh_ = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        hm = h1 + h2
    elif abs(h1 - h2) <= 180:
        hm = (h1 + h2) / 2
    else:
        hm = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    r = math.radians
    t = (
        1 - 0.17 * math.cos(r(hm - 30)) + 0.24 * math.cos(r(2 * hm))
        + 0.32 * math.cos(r(3 * hm + 6)) - 0.20 * math.cos(r(4 * hm - 63))
    )  # fmt: skip
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * math.sqrt(cm**7 / (cm**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2))))
    x, y, z = dl / sl, dc / sc, dh_ / sh
    return math.sqrt(x * x + y * y + z * z + rt * y * z)
