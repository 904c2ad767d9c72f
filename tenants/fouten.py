"""What a service of the ground floor says when a rule is in the way."""


class RegelFout(Exception):
    """A rule says no; ``tekst`` tells what to do, ``veld`` of which field it is about."""

    def __init__(self, tekst: str, veld: str = "") -> None:
        super().__init__(tekst)
        self.tekst = tekst
        self.veld = veld
