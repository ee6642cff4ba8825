from django.db import migrations

# The application's role may add users and delete them. What it deletes is noted here by a trigger of
# the owning role, so that the record about a user is erased only once the user is gone for good: in
# a transaction that is over, and under a key that nobody can take again.
FUNCTIONS = """
CREATE TABLE accounts_gone (
    subject uuid PRIMARY KEY,
    noted_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    is_erased boolean NOT NULL DEFAULT false
);
CREATE INDEX gone_not_erased ON accounts_gone (subject) WHERE NOT is_erased;

CREATE FUNCTION note_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.accounts_gone (subject) VALUES (OLD.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM public.accounts_gone WHERE subject = NEW.id) THEN
        RAISE check_violation USING MESSAGE = 'A user''s key is never changed or used again.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER user_gone AFTER DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION note_gone();
CREATE TRIGGER user_key_new BEFORE INSERT ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION refuse_key();
CREATE TRIGGER user_key_kept BEFORE UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_key();

DROP FUNCTION erase_record_about(uuid);
CREATE FUNCTION erase_record_of_gone() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        UPDATE public.accounts_gone SET is_erased = true
        WHERE NOT is_erased AND noted_in <> pg_current_xact_id()
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
DROP FUNCTION erase_record_of_gone(), note_gone(), refuse_key();
DROP TABLE accounts_gone;
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
