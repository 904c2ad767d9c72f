"""The register of processing (AVG 30) and the DPIA (AVG 35), for the FG.

``bron.toml`` is the one source, of the pages here and of docs/data-map.md. Guarded by
tests/adviespunt/test_register.py.
"""
