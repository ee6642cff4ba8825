"""The application's role on PostgreSQL, with the rights that Hearback needs to run and no more.

The owning role creates tables (`manage.py migrate`). Web, workers and beat connect with the
application's role, which may add to the audit log but neither change nor delete entries.
"""

from django.db import connection, transaction

RECORD = "accounts_recordentry"
KEYS = "accounts_key"  # all keys that users ever had, kept by triggers of the owning role
ERASERS = ("erase_record_before(timestamptz)", "erase_record_of_gone()")


def grant_application_role(role: str, *, password: str | None) -> None:
    """Grant the rights; repeat it after each migration, for new tables. With a password, create the
    role or set its password. Raise RuntimeError on other databases than PostgreSQL."""
    if connection.vendor != "postgresql":
        raise RuntimeError("Roles are PostgreSQL's; SQLite is a file, and its owner owns it all.")
    from psycopg import sql  # not needed on SQLite

    name, database = sql.Identifier(role), sql.Identifier(connection.settings_dict["NAME"])
    # In one transaction: between the grants and the revocations the log would be writable.
    with transaction.atomic(), connection.cursor() as cursor:
        if password is not None:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
            made = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}")
            cursor.execute(made.format(verb, name, sql.Literal(password)))
        for statement in _grants():
            cursor.execute(sql.SQL(statement).format(role=name, database=database))


def _grants() -> list[str]:
    return [
        # No tables in public for anybody: functions of the owner must not find foreign ones.
        "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {RECORD} FROM {{role}}",
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {KEYS} FROM {{role}}",
        # A restored backup brings functions without their privileges.
        *(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC" for function in ERASERS),
        *(f"GRANT EXECUTE ON FUNCTION {function} TO {{role}}" for function in ERASERS),
    ]


def owns_audit_log() -> bool:
    """Return whether the connected role could change or delete entries of the audit log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE, DELETE')", [RECORD])
        row = cursor.fetchone()
    return bool(row and row[0])
