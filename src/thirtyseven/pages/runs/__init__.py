"""Runs asked for on a page: settings in the address, worker processes, a fair queue, progress, results beside the record."""
