"""The twelve free numbers of the institutional core, with prior, unit and reason.

All else in the core is fixed from the record or from documented procedure (`docs/model.md`, section 7). Medians and
spreads come from a first calibration of a prototype; they were frozen before any weighing, by people who knew the
totals, and the report says so.
"""

from __future__ import annotations

from thirtyseven.explanations.base import LogNormal, Normal, Parameter

CORE: tuple[Parameter, ...] = (
    Parameter("capacity", "cases that all troikas together can decide in a week at full work", "cases/week",
              LogNormal(44_000.0, 0.3), "31,000 a week were sentenced in October-December 1937, below capacity"),
    Parameter("raise_size", "size of a raise asked for, as share of the limit in force", "1",
              LogNormal(0.4, 0.4), "raises on record add 20-100 per cent (order-00447-raises)"),
    Parameter("request_rate", "how often a region whose limit is nearly used up asks for more", "1/week",
              LogNormal(0.12, 0.5), "one to six raises a region in some sixty weeks"),
    Parameter("approval", "readiness of the centre to grant a raise when the drive is half that of late 1937", "logit",
              Normal(1.0, 1.2), "judgement; approval is estimated, not assumed"),
    Parameter("extension", "readiness of the centre to extend a region's term when the drive is .7", "logit",
              Normal(-0.3, 1.0), "22 of 64 regions were extended on 31 January 1938"),
    Parameter("arrest_rate", "arrests a member of the operational staff can make in a week", "1/week",
              LogNormal(0.85, 0.35), "about 25,000 arrests a week by 24,500 staff in autumn 1937"),
    Parameter("elite_naming", "office-holders named, believed and not yet arrested, per office-holder arrested", "1",
              LogNormal(1.1, 0.3), "44,500 names on Stalin's lists"),
    Parameter("mass_naming", "people named and entered in a register, per arrest of the mass operation", "1",
              LogNormal(0.35, 0.5), "case-file studies find that registers dominate (recalled)"),
    Parameter("denunciation", "level of denunciation that led to ordinary arrests, 1 = half of them in 1937", "1",
              LogNormal(1.0, 0.5), "judgement"),
    Parameter("category", "leaning of the troikas to the first category", "logit",
              Normal(-0.3, 0.5), "first-category share 58, 40 and 67 per cent in three stretches of the operation"),
    Parameter("crowding", "how much full camps push towards the first category", "logit",
              LogNormal(0.6, 0.6), "share .67-.69 in 1938; raises of 1938 mostly first category"),
    Parameter("line_rate", "weekly chance of arrest of an adult within reach of a national order at full drive", "1/week",
              LogNormal(0.013, 0.4), "365,805 arrests under national orders to 1 November 1938"),
)  # fmt: skip
