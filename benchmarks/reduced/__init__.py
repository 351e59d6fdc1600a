"""The reduced model of the engine's comparison: pressure, ties, naming, recovery; `docs/reduced-model.md` fixes it."""
