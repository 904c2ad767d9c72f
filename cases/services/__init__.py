"""Verbs of casework. Each locks the row, follows an arrow, checks its rules, writes
and records the audit event, in one transaction.

Only who has a kwestie to write can change it (selectors.zicht); the teamleider decides
whose it is, and the client's wish for somebody else is granted at once. Forms
never set ``bron``, so nothing they make is exempt from a rule.

Guarded by tests/cases/: test_registration, test_services, test_sql_rules,
test_lifecycle, test_access.
"""

from cases.services.achtergrond import AchtergrondConflict, save_achtergrond
from cases.services.afronden import (
    Afronding,
    Route,
    Traject,
    add_traject,
    add_verwijzing,
    close_kwestie,
    reopen_kwestie,
)
from cases.services.agenda import (
    NieuwPunt,
    finish_agendapunt,
    keep_tally,
    last_day,
    move_agendapunt,
    move_stap,
    plan_agendapunt,
)
from cases.services.ambtshalve import (
    Voorstel,
    execute_actie,
    propose_actie,
    review_actie,
)
from cases.services.belang import (
    BelangError,
    NieuwBelang,
    declare_belang,
    end_belang,
)
from cases.services.bewerken import Conflict, update_kwestie
from cases.services.bijlagen import add_bijlage
from cases.services.brieven import (
    Akkoord,
    Briefgegevens,
    finish_brief,
    save_brief,
)
from cases.services.concepten import (
    delete_filter,
    discard_concept,
    forget_concept,
    save_concept,
    save_filter,
)
from cases.services.delen import share_kwestie, withdraw_grant
from cases.services.doorgeleiden import pass_on
from cases.services.identiteit import (
    Identiteit,
    change_client,
    give_name,
    has_other_kwesties,
    has_running_procedure,
    make_anonymous,
)
from cases.services.laag import Laagreden, change_laag
from cases.services.ondersteunen import (
    Contact,
    add_contactmoment,
    resume_kwestie,
    start_ondersteuning,
    wait_kwestie,
)
from cases.services.ongedaan import undo
from cases.services.ontheffen import REDENEN as RELIEVED_FOR
from cases.services.ontheffen import open_caseload_of, relieve
from cases.services.overdragen import REDENEN as HANDED_OVER_FOR
from cases.services.overdragen import hand_over
from cases.services.privacyinformatie import Privacy, is_asked
from cases.services.prullenbak import put_back, throw_away
from cases.services.regels import KwestieError
from cases.services.registreren import Registratie, moment_on, register_kwestie
from cases.services.rij import VOORBIJ, WACHTEND
from cases.services.routes import (
    Oordeel,
    RouteWaarschuwing,
    record_oordeel,
)
from cases.services.samenvoegen import (
    check_merge,
    merge_clients,
    merge_to_undo,
    mergeable,
    undo_merge,
)
from cases.services.signalen import link_signaal, unlink_signaal
from cases.services.stappen import (
    advance_stap,
    drop_stap,
    plan_stap,
)
from cases.services.termijnen import (
    Termijngegevens,
    record_aankomst,
    set_termijn,
)
from cases.services.toestemming import (
    NieuweToestemming,
    give_toestemming,
    revoke_toestemming,
)
from cases.services.toezicht import judge_access
from cases.services.vervangen import end_plaatsvervanging, make_plaatsvervanging

__all__ = [
    "link_signaal",
    "unlink_signaal",
    "HANDED_OVER_FOR",
    "RELIEVED_FOR",
    "VOORBIJ",
    "WACHTEND",
    "AchtergrondConflict",
    "Akkoord",
    "Briefgegevens",
    "add_bijlage",
    "finish_brief",
    "save_brief",
    "Afronding",
    "BelangError",
    "Conflict",
    "Contact",
    "Identiteit",
    "KwestieError",
    "Laagreden",
    "NieuwBelang",
    "NieuwPunt",
    "NieuweToestemming",
    "Oordeel",
    "Privacy",
    "Registratie",
    "Route",
    "RouteWaarschuwing",
    "Termijngegevens",
    "Traject",
    "Voorstel",
    "add_contactmoment",
    "add_traject",
    "add_verwijzing",
    "advance_stap",
    "change_client",
    "change_laag",
    "check_merge",
    "close_kwestie",
    "declare_belang",
    "delete_filter",
    "discard_concept",
    "drop_stap",
    "end_belang",
    "execute_actie",
    "forget_concept",
    "finish_agendapunt",
    "give_name",
    "give_toestemming",
    "has_other_kwesties",
    "has_running_procedure",
    "is_asked",
    "keep_tally",
    "last_day",
    "make_anonymous",
    "merge_clients",
    "merge_to_undo",
    "mergeable",
    "move_agendapunt",
    "move_stap",
    "end_plaatsvervanging",
    "hand_over",
    "make_plaatsvervanging",
    "moment_on",
    "open_caseload_of",
    "relieve",
    "share_kwestie",
    "withdraw_grant",
    "pass_on",
    "plan_agendapunt",
    "plan_stap",
    "judge_access",
    "propose_actie",
    "put_back",
    "record_aankomst",
    "record_oordeel",
    "register_kwestie",
    "reopen_kwestie",
    "resume_kwestie",
    "review_actie",
    "revoke_toestemming",
    "save_achtergrond",
    "save_concept",
    "save_filter",
    "set_termijn",
    "start_ondersteuning",
    "throw_away",
    "undo",
    "undo_merge",
    "update_kwestie",
    "wait_kwestie",
]
