# The host that takes messages and runs executors of a stack on one machine: the executor's image with the host in it.
# The context is a folder that stack/images/stage.sh made:
#   stack/images/stage.sh .build/release .build/images/host rce-lambda-host
#   docker build -t rce-host -f stack/images/host.Dockerfile .build/images/host
ARG EXECUTOR=rce-executor
FROM ${EXECUTOR}

RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      ca-certificates libhiredis0.14 libmicrohttpd12 \
 && rm -rf /var/lib/apt/lists/*

COPY . /opt/rce/
RUN chmod 755 /opt/rce/rce-lambda-host && mkdir -p /tmp/rce

ENTRYPOINT ["/opt/rce/rce-lambda-host"]
