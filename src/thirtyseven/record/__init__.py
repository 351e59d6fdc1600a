"""WHAT IS KNOWN, AND WHO SAYS SO: the archival record, typed, cited and validated."""

from thirtyseven.record.dates import Span as Span
from thirtyseven.record.dates import span as span
from thirtyseven.record.faults import Fault as Fault
from thirtyseven.record.faults import RecordError as RecordError
from thirtyseven.record.load import Record as Record
from thirtyseven.record.load import load as load
from thirtyseven.record.model import Actor as Actor
from thirtyseven.record.model import Claim as Claim
from thirtyseven.record.model import Coverage as Coverage
from thirtyseven.record.model import Event as Event
from thirtyseven.record.model import Evidence as Evidence
from thirtyseven.record.model import Explanation as Explanation
from thirtyseven.record.model import Family as Family
from thirtyseven.record.model import Figure as Figure
from thirtyseven.record.model import Item as Item
from thirtyseven.record.model import Office as Office
from thirtyseven.record.model import Region as Region
from thirtyseven.record.model import Responsibility as Responsibility
from thirtyseven.record.model import Series as Series
from thirtyseven.record.model import Source as Source
