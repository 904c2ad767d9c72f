"""Settings of signing in: the same on every server, none from the environment.

A part of ``adviespunt.settings``: second factors, sessions, passwords, and what the
libraries of it may not do. Guarded by tests/tenants/test_inloggen.py and
tests/adviespunt/test_settings.py.
"""

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation"
        ".UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "naam")},
    },
]
ACCOUNT_ADAPTER = "tenants.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds that a proof counts as recent
ACCOUNT_FORMS = {
    "reset_password": "tenants.inloggen.formulieren.HerstelForm",
    "reset_password_from_key": "tenants.inloggen.formulieren.NieuwWachtwoordForm",
}
# The second factor of everybody (docs/adr/0020-second-factor-for-everyone.md).
MFA_ADAPTER = "tenants.inloggen.factoren.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Adviespunt"
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago; each still works once
MFA_FORMS = {
    "authenticate": "tenants.inloggen.formulieren.CodeForm",
    "reauthenticate": "tenants.inloggen.formulieren.CodeOpnieuwForm",
    "activate_totp": "tenants.inloggen.formulieren.AppForm",
    "add_webauthn": "tenants.inloggen.formulieren.PasskeyForm",
    "login_webauthn": "tenants.inloggen.formulieren.PasskeyLoginForm",
    "authenticate_webauthn": "tenants.inloggen.formulieren.PasskeyCodeForm",
    "reauthenticate_webauthn": "tenants.inloggen.formulieren.PasskeyOpnieuwForm",
}
SOCIALACCOUNT_ADAPTER = "tenants.inloggen.oidc.OidcAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
USERSESSIONS_ADAPTER = "tenants.inloggen.sessies.SessieAdapter"
# Seconds without anybody doing anything, and seconds in all; then one signs in again.
SESSIE_STIL = 30 * 60
SESSIE_GEHEEL = 8 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"

GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
GUARDIAN_GET_INIT_ANONYMOUS_USER = "guardian.management.get_init_anonymous_user"
# Cookies of a session end with the browser; none can be read by a script.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
