"""`python -m bench.yardstick FOLDER`: what PyYAML's own C loader needs for the same files, to tell machines apart."""

import sys
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

for path in Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(path.read_text("utf-8"), LOADER)
