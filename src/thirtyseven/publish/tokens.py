"""The visual language's tokens, recorded once: colours for both themes, status of a number, scales.

Every colour on a page is one of these, used as a CSS variable, so that one SVG serves the light
page, the dark page and print. Contrast and colour difference are computed again in the tests.
"""

from dataclasses import dataclass

SERIF = (
    '"Iowan Old Style","Palatino Linotype","URW Palladio L",P052,"Book Antiqua",Georgia,"DejaVu Serif",serif'
)
SANS = (
    'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,"DejaVu Sans",sans-serif'
)

INK_ON_LIGHT = "#1B1E20"
INK_ON_DARK = "#FBFAF6"

LIGHT: dict[str, str] = {
    "paper": "#FBFAF6", "surface": "#F1EEE6", "ink": "#1B1E20", "ink2": "#4A4F52", "ink3": "#63686B",
    "rule": "#DAD5C9", "edge": "#85827A", "accent": "#17586E", "accent-wash": "#DCE8EC",
    "focus": "#17586E", "recorded": "#1B1E20", "compiled": "#1B1E20", "estimated": "#8E5F21",
    "imputed": "#858387", "simulated": "#17586E",
    "v-agrees": "#157550", "v-wrong": "#692908", "v-different": "#454B94", "v-disputed": "#745A10",
    "v-silent": "#63686B",
}  # fmt: skip
DARK: dict[str, str] = {
    "paper": "#15181A", "surface": "#1E2225", "ink": "#ECE8DF", "ink2": "#C3C4C1", "ink3": "#9DA1A1",
    "rule": "#363C40", "edge": "#767C7F", "accent": "#5FB6D3", "accent-wash": "#1D343D",
    "focus": "#5FB6D3", "recorded": "#ECE8DF", "compiled": "#ECE8DF", "estimated": "#D39A52",
    "imputed": "#8A858A", "simulated": "#5FB6D3",
    "v-agrees": "#5FD6C9", "v-wrong": "#D3906A", "v-different": "#8FA0EC", "v-disputed": "#F5CF78",
    "v-silent": "#9DA1A1",
}  # fmt: skip
PRINT: dict[str, str] = {**LIGHT, "paper": "#FFFFFF", "surface": "#FFFFFF", "ink": "#000000"}

# Binned scales, low to high. Maps of the dark page run dark to light; the legend says so.
SCALES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "seq": (
        ("#F0EBDF", "#D3C9B4", "#AB9C80", "#76694F", "#3D3527"),
        ("#2A2B29", "#4C473C", "#756A55", "#AD9D7F", "#E6D9BF"),
    ),
    "sim": (
        ("#E3EDF0", "#B5D0D9", "#79AABA", "#35758B", "#124457"),
        ("#1F2E34", "#29505F", "#347589", "#6DB0C5", "#BFE3EE"),
    ),
    "div": (
        ("#1F5F73", "#6FA3B1", "#C3D8DD", "#EFEBE1", "#E3C89A", "#BC8536", "#7A4A0A"),
        ("#8CC9DB", "#5695A8", "#2C4E59", "#2B2C2B", "#5D4722", "#AD7C34", "#E7B566"),
    ),
}


@dataclass(frozen=True)
class Status:
    """How a number came to be, said four times over: colour, line, point and word.

    Attributes:
        word: the word printed in keys, captions and tables.
        colour: name of the colour token.
        dash: SVG dash pattern of its line ("" is solid).
        width: width of its line in px.
        meaning: one sentence for the reader.
    """

    word: str
    colour: str
    dash: str
    width: float
    meaning: str


STATUS: dict[str, Status] = {
    "recorded": Status("recorded", "recorded", "", 1.5, "counted by an office of the time"),
    "compiled": Status("compiled", "compiled", "", 1.0, "summed or copied by a historian"),
    "estimated": Status(
        "estimated", "estimated", "8 4", 1.5, "worked out by a historian or by us from something recorded"
    ),
    "imputed": Status("imputed", "imputed", "1 3", 1.5, "filled in where the record has a gap"),
    "simulated": Status("simulated", "simulated", "5 3", 1.5, "what runs of a model show"),
}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2.

    Args:
        colour: "#RRGGBB".

    Returns:
        A number from 0 (black) to 1 (white).
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2.2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """The stronger of the two text colours on a tile of the given colour."""
    return max((INK_ON_LIGHT, INK_ON_DARK), key=lambda text: contrast(text, colour))


def variables(theme: str) -> dict[str, str]:
    """All colour variables of one theme.

    Args:
        theme: "light", "dark" or "print".

    Returns:
        Variable name (without the two dashes) to "#RRGGBB", scales and the text on them included.
    """
    base = {"light": LIGHT, "dark": DARK, "print": PRINT}[theme]
    out = dict(base)
    for name, (light, dark) in SCALES.items():
        for i, colour in enumerate(dark if theme == "dark" else light, start=1):
            out[f"{name}-{i}"] = colour
            out[f"on-{name}-{i}"] = text_on(colour)
    return out


def _block(values: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())


def css() -> str:
    """The tokens as CSS: light by default, dark where the reader prefers it, white paper in print."""
    light, dark = variables("light"), variables("dark")
    paper = variables("print")
    fonts = f"--serif:{SERIF};--sans:{SANS};color-scheme:light dark;"
    return (
        f":root{{{_block(light)}{fonts}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_block(dark)}}}}}"
        f"@media print{{:root{{{_block(paper)}color-scheme:light;}}}}"
    )


def scale_classes() -> str:
    """Classes .seq1-.seq5, .sim1-.sim5 and .div1-.div7: background and text of a tile in each bin."""
    return "".join(
        f".{name}{i}{{background:var(--{name}-{i});color:var(--on-{name}-{i})}}"
        for name, (light, _dark) in SCALES.items()
        for i in range(1, len(light) + 1)
    )


def place_classes(columns: int = 12, rows: int = 10) -> str:
    """Classes that put a tile in its cell, so that no style attribute is needed."""
    across = "".join(f".c{i}{{grid-column:{i}}}" for i in range(1, columns + 1))
    down = "".join(f".r{i}{{grid-row:{i}}}" for i in range(1, rows + 1))
    return across + down
