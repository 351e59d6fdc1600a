"""The commands: one file each, thin; the work is done by the packages below."""

from thirtyseven.cli.app import main as main
