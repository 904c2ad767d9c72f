"""Fictional contacts of demonstration tenants.

Guarded by tests/cases/test_demo.py.
"""

# Who reads the reports of tenants that have nobody among the accounts to try.
CONTACTEN = {
    "apeldoorn": "Hedwig Boterbloem",
    "ede": "Joris Moerbei",
    "doetinchem": "Karin Speenkruid",
    "barneveld": "Leon Vuurdoorn",
    "west-betuwe": "Marit Kweepeer",
    "zutphen": "Nico Hondsroos",
    "overbetuwe": "Orla Vlierbes",
    "lingewaard": "Pim Zuring",
    "zevenaar": "Rosa Akelei",
    "rheden": "Sjoerd Wilgenroos",
    "tiel": "Trui Fluweelboom",
    "wageningen": "Ulco Steenanjer",
    "oude-ijsselstreek": "Wies Kamperfoelie",
    "berkelland": "Xander Duizendblad",
    "winterswijk": "Yara Zonnekruid",
    "renkum": "Zeger Lisdodde",
    "doesburg": "Aukje Ganzerik",
    "scherpenzeel": "Bo Melkdistel",
    "rozendaal": "Coba Struikheide",
    "de-kluizenaar": "Douwe Gagel",
    "waalkant-jeugd": "Elske Waterweegbree",
    "kleinhof": "Fedde Pinksterbloem",
}
