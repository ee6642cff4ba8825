"""The application's role on PostgreSQL: all that a running Hearback may do, and no more.

The owning role makes tables (`manage.py migrate`); web, workers and beat sign in with another,
which may add to the record but neither change nor delete it.
"""

from django.db import connection, transaction

RECORD = "accounts_recordentry"
KEYS = "accounts_key"  # of all users that there ever were: triggers of the owning role note them
ERASERS = ("erase_record_before(timestamptz)", "erase_record_of_gone()")


def grant_application_role(role: str, *, password: str | None) -> None:
    """To be repeated after each migration, for new tables. With a password the role is made,
    or gets this one. Raises RuntimeError elsewhere than on PostgreSQL."""
    if connection.vendor != "postgresql":
        raise RuntimeError("Roles are PostgreSQL's; SQLite is a file, and its owner owns it all.")
    from psycopg import sql  # whoever is on SQLite never loads it

    name, database = sql.Identifier(role), sql.Identifier(connection.settings_dict["NAME"])
    # All at once: between the grants and what is taken back, the record would be open.
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
        # Nobody needs tables of their own here; functions of the owner must not meet any.
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
    """Whether whoever is signed in to PostgreSQL could change or delete entries of the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE, DELETE')", [RECORD])
        row = cursor.fetchone()
    return bool(row and row[0])
