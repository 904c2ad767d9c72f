"""The version of the public API; by itself, so that a door can name it at once."""

from typing import Final

VERSIE: Final = "1.1.0"
