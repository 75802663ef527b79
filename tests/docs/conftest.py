"""Lets the tests of the documentation share how they read pages and type commands."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
