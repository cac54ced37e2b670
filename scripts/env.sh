# Sourced by realtime, test, conformance and bench: finds the tools. Says in one line what is missing.
# POSIX sh; expects ROOT.

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_jdk_25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] &&
    grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/openjdk \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/25* "${HOME:-}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return
    fi
  done
  if [ -x /usr/libexec/java_home ]; then
    candidate=$(/usr/libexec/java_home -v 25 2>/dev/null || true)
    if is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return
    fi
  fi
  die "No JDK 25 found: install one (for example Temurin 25 from https://adoptium.net) or set JAVA_HOME to it."
}

# How a server's JVM is started, by the launcher and by the benchmark alike. The tests run with
# Netty's leak detector at its strictest; in production its samples would only cost.
# Of its heap the JVM would keep up to 70 % free behind a collection, more than twice what an idle
# connection is (docs/PERFORMANCE.md). On a large machine its regions would be 4 MB and more, and what
# is in use would be rounded up to them.
# shellcheck disable=SC2034
SERVER_FLAGS='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
-XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:G1HeapRegionSize=1m
-XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -Dio.netty.leakDetection.level=disabled'

# Beside it in the environment: glibc returns to the system, when they are freed, only blocks of at
# least so many bytes, by itself 128 KB and soon far more. Those in which HotSpot's compilers work have
# 32 KB, and are megabytes for a moment whenever many clients come. Other libraries do not know it.
# shellcheck disable=SC2034
SERVER_ENV=MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-30720}

need_build_tools() {
  command -v mvn >/dev/null 2>&1 ||
    die "Maven is missing: install it (Debian: apt-get install maven; macOS: brew install maven)."
  command -v node >/dev/null 2>&1 ||
    die "Node.js is missing: install version 20 or later (https://nodejs.org)."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    die "Node.js $(node --version) is too old: install version 20 or later (https://nodejs.org)."
  command -v npm >/dev/null 2>&1 ||
    die "npm is missing: it comes with Node.js (Debian: apt-get install npm)."
}

# Whether a service runs from the jars in dist/: they must not change under it. Such a service
# holds a shared lock for as long as it lives.
dist_in_use() {
  command -v flock >/dev/null 2>&1 && [ -f "$ROOT/dist/.in-use" ] &&
    ! flock -n -x "$ROOT/dist/.in-use" true
}
