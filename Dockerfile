# syntax=docker/dockerfile:1
ARG PYTHON=3.11-slim-bookworm

# --- build: the wheel, and an environment with it and its pinned dependencies -------------------
FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build

# Dependencies first: they change less often than the code, so this layer is kept.
COPY requirements requirements
RUN python -m venv tools \
    && tools/bin/python -m pip install --no-deps --require-hashes -r requirements/build.txt \
    && python -m venv /opt/cladist \
    && /opt/cladist/bin/python -m pip install --no-deps --require-hashes -r requirements/run.txt

COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY service service
COPY ontologies ontologies
COPY shapes shapes
RUN tools/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/cladist/bin/python -m pip install --no-deps dist/*.whl \
    && /opt/cladist/bin/python -m pip uninstall --yes pip setuptools

# --- run: the environment and nothing else ------------------------------------------------------
FROM python:${PYTHON} AS run
COPY --from=build /opt/cladist /opt/cladist
RUN install -d -o 10001 -g 10001 /data
ENV PATH=/opt/cladist/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CLADIST_STORE=sqlite:////data/cladist.sqlite \
    CLADIST_HOST=0.0.0.0 \
    CLADIST_PORT=8000
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8000
# Only /data is written, and /tmp while a file is read:
#   docker run --read-only --tmpfs /tmp --volume cladist:/data --publish 127.0.0.1:8000:8000 cladist
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4).close()"]
ENTRYPOINT ["cladist"]
CMD ["serve"]
