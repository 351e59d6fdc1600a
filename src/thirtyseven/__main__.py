"""`python -m thirtyseven`: the same as the command `thirtyseven`."""

from thirtyseven.cli import main

if __name__ == "__main__":
    main()
