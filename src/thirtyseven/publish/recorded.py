"""Numbers of the record that figures set beside the models, from its series."""

from thirtyseven.publish.regions import amount
from thirtyseven.record import Record


def yearly_totals(record: Record) -> dict[str, tuple[float | None, float | None]]:
    """Year to (people arrested by the organs, people sentenced to death), 1935-39."""
    out = {}
    for row in record.series["annual-repression"].rows:
        year = str(row["year"])
        if "1935" <= year <= "1939":
            death = amount(row.get("death_corrected"))
            out[year] = (
                amount(row.get("arrested_by_organs")),
                death if death is not None else amount(row.get("death")),
            )
    return out
