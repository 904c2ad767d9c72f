"""What the cache stores is JSON.

Invariant: reading the cache never runs code. Django's own choice is pickle; with that,
whoever can write to Valkey can run a program in the web server.

Guarded by tests/adviespunt/test_cache.py.
"""

from __future__ import annotations

import json
from typing import Any


class JsonSerializer:
    """Serializer for ``django.core.cache.backends.redis.RedisCache``."""

    def dumps(self, value: Any) -> bytes:
        """JSON; TypeError for a value that JSON cannot hold."""
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """The value back; ValueError for anything that is not JSON."""
        return json.loads(data)
