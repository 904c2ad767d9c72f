"""Measurements of ``manage.py bench``: ratios, each side by side in one run.

Databases of its own (``databases``), filled once by ``demo_data``; child processes in
the role that serves people (``children``) run the product's own code against them.
What is measured, and how: ``report``, ``lists``, ``grants``, ``casework``, ``rls``,
``portaal`` and, without a database, ``disclosure``; see docs/scaling.md and docs/disclosure.md.

For developers: it needs the packages of ``requirements/dev.txt``.
Guarded by tests/adviespunt/test_bench.py.
"""
