# The product, without the embedded servers: needs DATABASE_URL, REDIS_URL and the
# secrets of docs/operations.md. Runs as an ordinary user on a read-only file system.
ARG NODE=24-trixie-slim
ARG PYTHON=3.13-slim-trixie

# --- the design system, as npm packages pinned in package-lock.json
FROM node:${NODE} AS styles
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# --- Python packages (hashed locks), styles, translations, static files
FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/venv/bin:$PATH
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/base.txt
WORKDIR /app
COPY manage.py package.json package-lock.json LICENSE ./
COPY privacy privacy
COPY tenants tenants
COPY cases cases
COPY signalering signalering
COPY adviespunt adviespunt
COPY templates templates
COPY locale locale
COPY --from=styles /build/node_modules node_modules
RUN python -c "from adviespunt import frontend; \
      frontend.build_frontend(frontend.ROOT, install=lambda root: None)" \
 && python -m adviespunt.talen \
 && python -m privacy.herkenning.bouwen \
 && key=$(python -c "import secrets; print(secrets.token_urlsafe(48))") \
 && SECRET_KEY=$key RLS_KEY=$key HOOFDSLEUTEL=$key RAPPORT_ROOT=/tmp REDIS_URL=redis://build \
    ZEGEL_SLEUTEL=/tmp/none ZEGEL_CERTIFICAAT=/tmp/none \
    DATABASE_URL=postgres://build/build \
    python manage.py collectstatic --no-input --verbosity 0 \
 && python -m compileall -q . \
 && rm -r node_modules

# --- what runs
FROM python:${PYTHON}
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp adviespunt \
 && install -d -o adviespunt -g adviespunt -m 0700 /srv/rapporten \
 && install -d -o adviespunt -g adviespunt -m 0755 /srv/openbaar
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    RAPPORT_ROOT=/srv/rapporten \
    OPENBAAR_ROOT=/srv/openbaar \
    ZEGEL_SLEUTEL=/run/secrets/zegel_sleutel \
    ZEGEL_CERTIFICAAT=/run/secrets/zegel_certificaat
WORKDIR /app
USER adviespunt
RUN python -c "import weasyprint"
EXPOSE 8000
CMD ["gunicorn", "adviespunt.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning"]
