"""What a process that answers people loads, it keeps: the collector need not look.

Python looks through every object for garbage once in so many requests; most of those
are the code and the settings, and it takes longer than a page. Here they are loaded and
then set apart, so that it looks at what requests leave behind and nothing else.

Guarded by tests/adviespunt/test_geheugen.py.
"""

from __future__ import annotations

import gc

from django.urls import get_resolver


def settle() -> None:
    """Load every page's code and set apart what is loaded; once, before the first
    request.
    """
    _loaded = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
