"""Which mails this app asks for; ``cases.wachtpost`` writes them, in a worker.

Asked for with ``tenants.services.tell``, in the transaction of what came up.
"""

from __future__ import annotations

from typing import Final

ER_WACHT: Final = "cases.wachtpost.er_wacht"
VORDERING: Final = "cases.wachtpost.vordering"
