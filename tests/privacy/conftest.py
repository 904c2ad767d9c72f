"""The committed database of the isolation tests, for looking past the application."""

from tests.isolation.conftest import planted, truth, wall

__all__ = ["planted", "truth", "wall"]
