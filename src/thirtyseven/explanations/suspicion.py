"""Suspicion that feeds on its own reports: a closed loop with a biased sensor.

Stalin's distrust was raised by shocks, above all by Kirov's murder, and was then fed by what his own police reported
to him. Every arrest produced confessions, every confession names, and the reports were taken for evidence from the
world outside instead of the echo of the order given last week. Belief forgets slowly; if it gains faster than it
forgets, a small shock is enough to tip it, and it then keeps itself up though no rival is left.

What it predicts that its rivals do not: demand that follows the flow of confessions and neither the threat from
abroad nor a date; two outcomes with little between (it tips or it dies away); persistence after every aim is met;
nearly every request approved; and an end only when the source of the reports is itself discredited, so that the head
of the police falls because of how *much* he reported. It says little on where. No clinical term is used: the argument
is about how evidence was weighed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thirtyseven import draws
from thirtyseven.explanations.base import (
    CHANNELS,
    Citation,
    Controls,
    Core,
    Explanation,
    LogNormal,
    Parameter,
    Values,
    sigmoid,
)
from thirtyseven.society.setting import Setting

KNOWN = float(np.log1p(2.0 * 3_500.0 / 30_000.0))
"""Impression made by the routine of 1935, about 3,500 reports a week; only what exceeds it is news."""
TROIKA = CHANNELS.index("troika")
SMOOTHING = 1.0 / 6.0
"""Reports are read as they come, about six weeks' worth at a time."""
ELITE, MASS, NATIONAL = 0.8, 1.7, 1.8
"""Belief at which each drive is half of that of late 1937: people near at hand first, whole groups later."""
DISCREDITED = 6.0
"""Logit of an end by decree once the source of the reports is discredited: about even odds within six weeks."""


class BiasedSensor:
    """The law: belief that rises with shocks and with reports, until the reports are discredited.

    Args:
        spreads: the charitable form; belief also moves what the centre takes for true, whom it removes and what it
            approves, and not only how hard it pushes.
    """

    def __init__(self, spreads: bool) -> None:
        self.spreads = spreads

    def begin(self, setting: Setting, values: Values, runs: int) -> dict[str, Any]:
        """Begin with little belief and with reports at the level of 1934."""
        return {
            "belief": np.zeros(runs),
            "heard": np.full(runs, KNOWN),
            "discredited": np.zeros(runs, bool),
        }

    def steer(self, core: Core, own: dict[str, Any], values: Values, controls: Controls) -> None:
        """Update the belief and push accordingly."""
        self._discredit(core, own, values)
        believes = ~own["discredited"]
        heard = np.log1p(2.0 * core.reports / 30_000.0)
        own["heard"] += SMOOTHING * (heard - own["heard"])
        shock = 0.4 * values["shock"] * core.setting.shock[core.week]
        fed = 0.10 * values["gain"] * np.maximum(own["heard"] - KNOWN, 0.0)
        forgets = np.where(believes, 1.0, 5.0) / values["memory"]
        own["belief"] += np.where(believes, shock + fed, 0.0) - np.minimum(forgets, 1.0) * own["belief"]
        own["belief"] = np.clip(own["belief"], 0.0, 6.0)

        elite = sigmoid(4.0 * (own["belief"] - ELITE))
        mass = sigmoid(4.0 * (own["belief"] - MASS))
        controls.elite += elite
        controls.mass += mass
        controls.national += sigmoid(4.0 * (own["belief"] - NATIONAL))[:, None]
        controls.switch_off += np.where(own["discredited"] & (core.launched >= 0), DISCREDITED, 0.0)
        if self.spreads:
            self._spread(own, elite, mass, controls)

    def _discredit(self, core: Core, own: dict[str, Any], values: Values) -> None:
        """The more the police have reported, the likelier their head falls under suspicion himself."""
        volume = core.total[:, TROIKA] / 1e6
        chance = -np.expm1(-values["collapse"] * volume)
        own["discredited"] |= core.uniform(draws.PURPOSES["law-suspicion"]) < chance

    def _spread(self, own: dict[str, Any], elite: np.ndarray, mass: np.ndarray, controls: Controls) -> None:
        """Belief lowers the discount on what the police say, acts on more names and approves more."""
        controls.discount -= 1.5 * elite
        controls.acceptance[:, 0] += 0.6 * elite
        controls.approval += 0.8 * mass[:, None]
        controls.removal_secretary += 0.6 * elite[:, None]
        controls.head += np.where(own["discredited"], 3.0, 0.0)


EXPLANATION = Explanation(
    slug="suspicion",
    title="Suspicion that feeds on its own reports",
    gloss="a leader's distrust, fed by his own police",
    historians=("Robert C. Tucker", "Roy Medvedev", "Alan Bullock"),
    claim=(
        "Stalin came to believe in a conspiracy, and believed it more with every confession that his own police "
        "produced for him; a shock such as Kirov's murder was enough to set the loop going, and nothing that the "
        "purge destroyed could end it, because the purge itself supplied the proof."
    ),
    predicts=(
        "Demand follows confessions and not events abroad; the purge tips over or dies away, with little between; it "
        "goes on when its aims are met; the head of the police falls through the volume of his own reports."
    ),
    cannot="Say where it fell, or when: the same numbers tip in 1936, in 1938 or never, and its end has no date.",
    sources=(
        Citation("Tucker, Stalin in Power (1990)", "a leader's self-image and distrust as the motive of the purge"),
        Citation("Medvedev, Let History Judge (1971)", "Stalin's suspicion and the police that fed it"),
        Citation("Bullock, Hitler and Stalin: Parallel Lives (1991)", "suspicion as the constant of his rule"),
        Citation("Gregory, Schröder and Sonin, Rational Dictators and the Killing of Innocents (2006)",
                 "why worse information about enemies means more people killed; abstract", "seen"),
        Citation("Saijo, working paper (2019)", "in the security service, ties to a purged patron raised the risk",
                 "seen"),
    ),
    parameters=(
        Parameter("shock", "rise of belief after a shock, 1 = 0.4 after Kirov's murder", "1",
                  LogNormal(1.0, 0.5), "judgement; historians disagree on how much that murder changed"),
        Parameter("gain", "rise of belief by the police's own reports", "1",
                  LogNormal(1.5, 0.5), "judgement: at the median the loop is near its tipping point"),
        Parameter("memory", "time in which belief fades if nothing feeds it", "weeks",
                  LogNormal(45.0, 0.7), "judgement: a few months to a few years"),
        Parameter("collapse", "weekly hazard that the police are discredited, per million arrested in the operation",
                  "1/week", LogNormal(0.02, 1.0), "judgement: Yagoda held office for 26 months and Yezhov for 26"),
    ),
    variants={
        "strict": "Belief moves only how hard the centre pushes; all else stays as it was in 1935-36.",
        "charitable": "Belief also decides what is taken for true: names acted on, requests approved, leaders removed.",
    },
    strict=BiasedSensor(spreads=False),
    charitable=BiasedSensor(spreads=True),
    speaks_to_stop=True,
)  # fmt: skip
