"""thirtyseven: an open laboratory for Stalin's purges.

Eight explanations that historians give of the Great Terror, each a runnable mechanism on one
institutional core, weighed against the archival record.
"""

__version__ = "0.1.0"
