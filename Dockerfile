# Built once with a compiler, run without: the second stage holds Python, the packages and the tokenizer data.
FROM python:3.12-slim AS build
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/nutgraf \
 && /opt/nutgraf/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY api ./api
RUN /opt/nutgraf/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/nutgraf/bin/python -m nutgraf.cli.nltk_data \
 && /opt/nutgraf/bin/pip uninstall --yes pip \
 && find /opt/nutgraf -type d \( -name tests -o -name test -o -name __pycache__ \) -prune -exec rm -rf {} +
# Packages carry files for other Pythons, which do not compile here; nothing else may fail.
RUN /opt/nutgraf/bin/python -m compileall -q /opt/nutgraf/lib || true

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin nutgraf \
 && install --directory --owner=10001 --group=10001 --mode=700 /data
COPY --from=build /opt/nutgraf /opt/nutgraf
ENV PATH=/opt/nutgraf/bin:$PATH HOST=0.0.0.0 NUTGRAF_DATA_DIR=/data MALLOC_ARENA_MAX=2 \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=10s --start-period=15s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:%s/readyz' % os.environ.get('PORT', '8000'), timeout=9)"]
CMD ["nutgraf", "serve"]
