# One image for web, worker, beat and migrations; the command tells which.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/hearback/static \
    STATIC_MANIFEST=1

WORKDIR /srv/hearback

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --only-binary :all: -r requirements/run.txt

COPY . .
RUN python -m config.translations compile
RUN SECRET_KEY=only-for-the-build python manage.py collectstatic --noinput

# The code stays root's: the process that serves strangers cannot change it.
RUN useradd --system --uid 10001 --no-create-home hearback
USER hearback

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "config/healthcheck.py", "8000"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
