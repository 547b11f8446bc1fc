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

# Lambda's root file system is read-only and its user is not this one, so what speeds up compilers is made here, by
# a user as there (root's programs would be held by no limits), and given to root, whose files all others trust.
ENV RCE_EXECUTOR_CACHE=/opt/rce/cache \
    RCE_EXECUTOR_FLOOR=none \
    TMPDIR=/tmp/rce
RUN chmod 755 /opt/rce/rce-* \
 && useradd --system --no-create-home rce \
 && install -d -o rce -g rce "$TMPDIR" "$RCE_EXECUTOR_CACHE" \
 && RCE_EXECUTOR_SANDBOX=rlimits setpriv --reuid=rce --regid=rce --clear-groups /opt/rce/rce-executor --prepare \
 && rm -rf "$TMPDIR" \
 && chown -R root:root "$RCE_EXECUTOR_CACHE" \
 && chmod -R a+rX,go-w /opt/rce

# /tmp is empty when an environment starts.
ENTRYPOINT ["/bin/sh", "-c", "mkdir -p \"$TMPDIR\" && exec /opt/rce/rce-executor \"$@\"", "rce-executor"]
