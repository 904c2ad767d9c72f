"""Pages of administration: opdrachtgevers, people, and how they come in."""
