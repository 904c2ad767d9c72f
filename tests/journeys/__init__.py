"""Browser journeys: people at work in Chromium, on real servers and a real database."""
