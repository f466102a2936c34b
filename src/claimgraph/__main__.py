"""`python -m claimgraph` is the command `claimgraph`."""

from __future__ import annotations

from claimgraph.cli import main

if __name__ == "__main__":
    main()
