"""Signing in: what is asked of somebody before anything else."""
