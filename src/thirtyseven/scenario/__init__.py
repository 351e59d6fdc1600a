"""WHAT IS SUPPOSED: which explanations act, how strongly, with which numbers, over which period."""

from thirtyseven.scenario.core import CORE as CORE
from thirtyseven.scenario.design import Batch as Batch
from thirtyseven.scenario.design import Design as Design
from thirtyseven.scenario.model import Scenario as Scenario
from thirtyseven.scenario.model import ScenarioError as ScenarioError
from thirtyseven.scenario.model import named as named
from thirtyseven.scenario.model import read_scenario as read_scenario
