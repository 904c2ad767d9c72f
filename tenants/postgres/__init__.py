"""Database backend: stock PostgreSQL that puts the signed context on transactions."""
