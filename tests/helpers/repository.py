"""Where the course and the engine lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
