# Production image: gunicorn as an unprivileged user, static files collected, no compiler.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY pyproject.toml README.md requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ARCHIVE_DATA=/data WEB_BIND=0.0.0.0:8000
RUN useradd --system --create-home --home-dir /home/archive archive \
    && mkdir /data \
    && chown archive /data
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY archive archive
COPY minutes minutes
COPY templates templates
COPY static static
# collectstatic uses neither; both are set when the site starts.
RUN SECRET_KEY=unused DATABASE_URL=postgresql://unused/unused python manage.py collectstatic --noinput
USER archive
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "-c", "python:archive.gunicorn", "archive.wsgi"]
