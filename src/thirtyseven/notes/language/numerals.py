"""The words of numbers: ones, tens, scales, fractions, and what stands before a number (about, over, at most)."""

from __future__ import annotations

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
    "mill": 1e6, "mio": 1e6, "mil": 1e6, "millionen": 1e6, "tsd": 1e3, "ths": 1e3,
    "billion": 1e9, "bn": 1e9, "dozen": 12.0, "thousands": 1e3, "hundreds": 1e2,
}  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10,
    "tenths": 10, "twelfth": 12,
}  # fmt: skip
EVERY = {
    word: number
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(), 2,
    )
}  # fmt: skip
BEFORE = {
    "about": "about", "around": "about", "approximately": "about", "approx": "about", "roughly": "about",
    "some": "about", "circa": "about", "c": "about", "ca": "about", "~": "about", "≈": "about", "estimated": "about",
    "nearly": "under", "almost": "under", "virtually": "under", "under": "under", "below": "under", "within": "under",
    "over": "over", "above": "over", "exceeding": "over", "exceeded": "over", ">": "over",
    "exactly": "exact", "precisely": "exact", "<": "under", "nigh": "under",
}  # fmt: skip
BEFORE_TWO = {
    ("more", "than"): "over", ("at", "least"): "over", ("upwards", "of"): "over", ("excess", "of"): "over",
    ("less", "than"): "under", ("fewer", "than"): "over_no", ("just", "under"): "under", ("just", "over"): "over",
    ("well", "over"): "over", ("close", "to"): "about", ("up", "to"): "most", ("as", "many"): "most",
    ("many", "as"): "most", ("estimated", "at"): "about", ("something", "like"): "about", ("or", "so"): "about",
    ("not", "exceeding"): "most", ("in", "excess"): "over", ("as", "much"): "most", ("much", "as"): "most",
}  # fmt: skip
VAGUE = {"hundreds": (200, 999), "thousands": (2_000, 99_999), "millions": (2_000_000, 60_000_000), "dozens": (24, 99)}
