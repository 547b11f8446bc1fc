# The API of a stack on one machine. The context is a folder that
# stack/images/stage.sh made:
#   stack/images/stage.sh .build/release .build/images/api rce-api
#   docker build -t rce-api -f stack/images/api.Dockerfile .build/images/api
FROM debian:bookworm-slim

RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      ca-certificates libhiredis0.14 libmicrohttpd12 libssl3 libcurl4 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/rce rce

COPY . /opt/rce/
RUN chmod 755 /opt/rce/rce-*
USER rce
EXPOSE 8080
ENTRYPOINT ["/opt/rce/rce-api"]
CMD ["--listen", "0.0.0.0:8080", "--code-directory", "/var/lib/rce/code"]
