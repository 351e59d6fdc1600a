"""WHAT FOLLOWS: weighing the explanations against the record.

`weigh` does everything: runs into the bank, history matching, two unlike estimators, recovery,
predictive check, "none of these"; `Simulator` says what it needs.
"""

from thirtyseven.inference.bank import BankError as BankError
from thirtyseven.inference.bank import Progress as Progress
from thirtyseven.inference.budget import BUDGETS as BUDGETS
from thirtyseven.inference.budget import Budget as Budget
from thirtyseven.inference.predict import Draws as Draws
from thirtyseven.inference.result import Weighing as Weighing
from thirtyseven.inference.result import read_draws as read_draws
from thirtyseven.inference.simulator import QUESTIONS as QUESTIONS
from thirtyseven.inference.simulator import Simulator as Simulator
from thirtyseven.inference.simulator import StatisticInfo as StatisticInfo
from thirtyseven.inference.simulator import WeighError as WeighError
from thirtyseven.inference.weigh import weigh as weigh
