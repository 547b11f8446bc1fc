# An execution environment with the four toolchains. The context is a folder that stack/images/stage.sh made:
#   stack/images/stage.sh .build/release .build/images/executor rce-executor rce-jail rce-init librce-zygote.so
#   docker build -t rce-executor -f stack/images/executor.Dockerfile .build/images/executor
FROM debian:bookworm-slim

RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      g++ openjdk-17-jdk-headless python3-minimal libpython3-stdlib nodejs \
      libcurl4 libseccomp2 libssl3 \
 && rm -rf /var/lib/apt/lists/* /usr/share/doc /usr/share/man

COPY . /opt/rce/

# Lambda's user is not root, and its root file system is read-only. Prepared headers and archives are made by another user
# and given to root: without namespaces, as on Lambda, the executor uses those and no others, because programs run as its
# own user.
ENV RCE_EXECUTOR_FLOOR=none \
    RCE_EXECUTOR_PREPARED=/opt/rce/prepared \
    TMPDIR=/tmp/rce
RUN chmod 755 /opt/rce/rce-* && chmod -R a+rX,go-w /opt/rce \
 && mkdir -p "$TMPDIR" "$RCE_EXECUTOR_PREPARED" && chown nobody "$TMPDIR" "$RCE_EXECUTOR_PREPARED" \
 && setpriv --reuid=nobody --regid=nogroup --clear-groups env RCE_EXECUTOR_SANDBOX=rlimits /opt/rce/rce-executor --prepare \
 && chown -R root:root "$RCE_EXECUTOR_PREPARED" && rm -rf "$TMPDIR"

# /tmp is empty when an environment starts.
ENTRYPOINT ["/bin/sh", "-c", "mkdir -p \"$TMPDIR\" && exec /opt/rce/rce-executor \"$@\"", "rce-executor"]
