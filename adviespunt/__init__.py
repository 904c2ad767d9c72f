"""The frame: composes the storeys into one product; nobody imports it."""

from adviespunt.celery import app as celery_app

__all__ = ["celery_app"]
