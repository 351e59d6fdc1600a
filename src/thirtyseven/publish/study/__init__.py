"""Sheets for class and for learning, made from the record alone: tables, cards, mind maps, plans, worksheets, outlines."""

from thirtyseven.publish.study.citing import StudyError as StudyError
from thirtyseven.publish.study.kinds import KINDS as KINDS
from thirtyseven.publish.study.kinds import make as make
from thirtyseven.publish.study.kinds import write as write
