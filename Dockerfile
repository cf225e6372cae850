# One image for `serve`, `worker` and `migrate`; docker-compose.yml runs all three from it.

FROM python:3.13.15-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
# setuptools makes the wheel here and stays here; pip works on the environment from outside it.
RUN pip install --no-cache-dir setuptools==84.2.1 \
    && python -m venv --without-pip /opt/job-assistant
# The libraries first: they change less often than the code, so their layer is kept from build to build.
COPY requirements.lock ./
RUN pip --python /opt/job-assistant/bin/python install --no-cache-dir --require-hashes --only-binary=:all: \
    --requirement requirements.lock
COPY pyproject.toml setup.cfg README.md NOTICE ./
COPY adapters adapters
COPY domain domain
COPY entrypoints entrypoints
COPY migrations migrations
COPY workers workers
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels . \
    && pip --python /opt/job-assistant/bin/python install --no-cache-dir --no-deps --no-index wheels/*.whl \
    && pip --python /opt/job-assistant/bin/python check


FROM python:3.13.15-slim-bookworm

ARG REVISION=unknown
LABEL org.opencontainers.image.title="job-assistant" \
      org.opencontainers.image.description="The backend of a job assistant: résumés in, the best vacancies out." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/python:3.13.15-slim-bookworm"

# A fixed number, so that the owner of a volume is the same in every build. Only embedded mode writes into the last folder;
# the one before it is for what n8n imports, whose user in its own image has the number 1000.
RUN groupadd --system --gid 10001 job-assistant \
    && useradd --system --uid 10001 --gid job-assistant --home-dir /var/lib/job-assistant --shell /usr/sbin/nologin \
       job-assistant \
    && install --directory --mode 700 --owner 1000 --group 1000 /var/lib/n8n-kit \
    && install --directory --mode 700 --owner job-assistant --group job-assistant /var/lib/job-assistant
COPY --from=build /opt/job-assistant /opt/job-assistant

ENV PATH="/opt/job-assistant/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/job-assistant \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /var/lib/job-assistant
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# No proxy of the environment may stand between the check and the server beside it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "from urllib import request; request.build_opener(request.ProxyHandler({})).open('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["job-assistant"]
CMD ["serve"]
