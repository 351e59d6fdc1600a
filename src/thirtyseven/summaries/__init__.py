"""WHAT THE ARCHIVE WOULD SHOW: one definition of every statistic for the record and for a simulated past."""

from thirtyseven.summaries.archive import Archive as Archive
from thirtyseven.summaries.archive import from_outcome as from_outcome
from thirtyseven.summaries.archive import from_record as from_record
from thirtyseven.summaries.series import series as series
from thirtyseven.summaries.statistics import STATISTICS as STATISTICS
from thirtyseven.summaries.statistics import Statistic as Statistic
from thirtyseven.summaries.statistics import compute as compute
from thirtyseven.summaries.statistics import digest as digest
from thirtyseven.summaries.statistics import recalled_share as recalled_share
from thirtyseven.summaries.tables import StatisticsError as StatisticsError
from thirtyseven.summaries.tables import read_table as read_table
from thirtyseven.summaries.tables import with_archive_error as with_archive_error
from thirtyseven.summaries.tables import write_table as write_table
