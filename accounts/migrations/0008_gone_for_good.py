from django.db import migrations

# The application's role may add users and delete them. Triggers of the owning role note each key for
# good, and when its user went, so that the record about a user is erased only once the user is gone:
# in a transaction that is over, and under a key that nobody can take again. An index refuses a key,
# not a look at the table: a transaction may look at a time when the key was still in use.
FUNCTIONS = """
CREATE TABLE accounts_key (
    subject uuid PRIMARY KEY,
    gone_in xid8,
    is_erased boolean NOT NULL DEFAULT false
);
CREATE INDEX key_not_erased ON accounts_key (subject) WHERE gone_in IS NOT NULL AND NOT is_erased;
INSERT INTO accounts_key (subject) SELECT id FROM accounts_user;

CREATE FUNCTION note_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.accounts_key (subject) VALUES (NEW.id);
    RETURN NEW;
END $$;
CREATE FUNCTION keep_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE check_violation USING MESSAGE = 'A user''s key is never changed.';
END $$;
CREATE FUNCTION note_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.accounts_key SET gone_in = pg_current_xact_id() WHERE subject = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER user_key_new BEFORE INSERT ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION note_key();
CREATE TRIGGER user_key_kept BEFORE UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION keep_key();
CREATE TRIGGER user_gone AFTER DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION note_gone();

DROP FUNCTION erase_record_about(uuid);
CREATE FUNCTION erase_record_of_gone() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        UPDATE public.accounts_key SET is_erased = true
        WHERE gone_in IS NOT NULL AND NOT is_erased AND gone_in <> pg_current_xact_id()
            AND NOT EXISTS (SELECT FROM public.accounts_user WHERE id = subject)
        RETURNING subject
    ), erased AS (
        DELETE FROM public.accounts_recordentry WHERE subject_id IN (SELECT subject FROM gone)
        RETURNING 1
    )
    SELECT count(*) FROM erased
$$;
REVOKE ALL ON FUNCTION erase_record_of_gone() FROM PUBLIC;
"""
NO_FUNCTIONS = """
DROP TRIGGER user_gone ON accounts_user;
DROP TRIGGER user_key_new ON accounts_user;
DROP TRIGGER user_key_kept ON accounts_user;
DROP FUNCTION erase_record_of_gone(), note_gone(), note_key(), keep_key();
DROP TABLE accounts_key;
CREATE FUNCTION erase_record_about(subject uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH erased AS (
        DELETE FROM public.accounts_recordentry
        WHERE subject_id = subject
            AND NOT EXISTS (SELECT FROM public.accounts_user WHERE id = subject)
        RETURNING 1
    )
    SELECT count(*) FROM erased
$$;
REVOKE ALL ON FUNCTION erase_record_about(uuid) FROM PUBLIC;
"""


def make_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTIONS)


def drop_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_calendar_in_record"),
    ]

    operations = [migrations.RunPython(make_functions, drop_functions)]
