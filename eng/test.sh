#!/usr/bin/env bash
# Runs every test, after setting up what some of them need: clang and zlib for NativeAOT, Node and the packages of tests/tools for
# the reference implementations, redis-server for the store of that name. What cannot be set up is skipped, and counted as skipped. Ends with one line:
# N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
export CI="${CI:-true}" # the same build everywhere: nothing is built twice
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

packages=()
command -v clang > /dev/null || packages+=(clang)
[ -e /usr/include/zlib.h ] || packages+=(zlib1g-dev)
command -v node > /dev/null || packages+=(nodejs)
command -v npm > /dev/null || packages+=(npm)
command -v redis-server > /dev/null || packages+=(redis-server)
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    echo "Installing ${packages[*]}"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}") > /dev/null \
      || echo "Could not install ${packages[*]}: the tests that need them are skipped."
  else
    echo "Not installed, and not installable without root and apt-get: ${packages[*]}. The tests that need them are skipped."
  fi
fi

if [ -f tests/tools/package-lock.json ] && command -v npm > /dev/null; then
  # Installed once: the lock file's time says whether it has changed since.
  if [ ! -e tests/tools/node_modules/.package-lock.json ] || [ tests/tools/package-lock.json -nt tests/tools/node_modules/.package-lock.json ]; then
    npm ci --prefix tests/tools --no-audit --no-fund --loglevel=error \
      || echo "npm could not install tests/tools: the tests that need it are skipped."
  fi
fi

if ! dotnet build Portable.sln -v q -nologo -clp:NoSummary; then
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
dotnet test --solution Portable.sln --no-build 2>&1 | tee "$log"
code="${PIPESTATUS[0]}"

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -1; }
passed="$(count succeeded)" failed="$(count failed)" skipped="$(count skipped)"
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
if [ "$code" != 0 ] || [ "${passed:-0}" = 0 ]; then
  exit 1
fi
