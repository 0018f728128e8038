# Shared by the scripts at the root: finds the .NET SDK, brings in the Debian packages they need, builds the command line.
# Sourced, never run. Callers have set `root` and `set -euo pipefail`.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

# Stops with one message where the .NET 10 SDK is not there.
need_sdk() {
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH"
  fi
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    say "Kinema needs the .NET 10 SDK. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    exit 1
  fi
}

# need_packages NAME=TEST ...: installs the Debian packages whose TEST command fails, or prints the one command that does and stops.
need_packages() {
  local missing=() entry
  for entry in "$@"; do
    eval "${entry#*=}" >/dev/null 2>&1 || missing+=("${entry%%=*}")
  done
  [ ${#missing[@]} -eq 0 ] && return

  local sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    sudo="sudo"
    if ! command -v apt-get >/dev/null || ! sudo -n true 2>/dev/null; then
      say "Missing: ${missing[*]}. Install with"
      say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
      say "and run this again."
      exit 1
    fi
  elif ! command -v apt-get >/dev/null; then
    say "Missing: ${missing[*]}. Install them with your system's package manager and run this again."
    exit 1
  fi

  say "Installing ${missing[*]} ..."
  local log
  log=$(mktemp)
  if ! { $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
         $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "Could not install ${missing[*]} (whole log: $log)."
    exit 1
  fi
  rm -f "$log"
}

# OpenCV's build for Linux is linked with GTK 3, though nothing here opens a window.
need_product_packages() {
  need_packages "ffmpeg=command -v ffmpeg && command -v ffprobe" "libgtk-3-0=/sbin/ldconfig -p | grep -q libgtk-3.so.0"
}

need_test_packages() {
  need_product_packages
  need_packages \
    "python3-requests=/usr/bin/python3 -c 'import requests'" \
    "curl=command -v curl" \
    "nodejs=command -v node" \
    "npm=command -v npm" \
    "postgresql=ls /usr/lib/postgresql/*/bin/pg_ctl"

  # Ubuntu has no Chromium as a Debian package; there the tests that need a browser are skipped.
  if command -v apt-cache >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    need_packages "chromium-headless-shell=command -v chromium-headless-shell"
  fi
}

# Decoders that are not ours, which the long sets compare with; without them those tests would be skipped.
need_decoders() {
  need_packages \
    "python3-pil=/usr/bin/python3 -c 'import PIL'" \
    "libimage-exiftool-perl=command -v exiftool" \
    "liblcms2-utils=command -v transicc"
}

# What the tests use of npm, from their lock files and nothing else.
need_npm_packages() {
  if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 18) ? 0 : 1)'; then
    say "The tests need Node.js 20.18 or newer; this is $(node --version)."
    exit 1
  fi
  need_npm_packages_of "$root/tests"
  # It declares Node 22, and works with 20.
  need_npm_packages_of "$root/tests/fakes/dashscope/client"
}

need_npm_packages_of() {
  local folder=$1 log
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
  log=$(mktemp)
  # No script of a package: one reports each installation to its maker.
  if ! npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel error >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    say "npm ci could not install what the tests need."
    exit 1
  fi
  rm -f "$log"
}

# Prints errors and nothing else, which `dotnet build` cannot be talked into.
build() { dotnet msbuild "$1" -restore -p:Configuration=Release -m -nologo -v:quiet; }

cli="$root/src/Kinema.Cli/bin/Release/net10.0/kinema.dll"
wan="$root/src/Kinema.Wan.Worker/bin/Release/net10.0/kinema-wan.dll"

build_cli() { build_program kinema "$root/src/Kinema.Cli" "$cli" cli-built; }

# With libtorch, half a gigabyte, which nothing else restores.
build_wan() { build_program kinema-wan "$root/src/Kinema.Wan.Worker" "$wan" wan-built; }

# build_program NAME PROJECT FILE STAMP: builds the project, and nothing else, where its file is not there, a source is newer than the last build, or one came or
# went since.
build_program() {
  local name=$1 project=$2 file=$3 stamp="$root/.kinema/$4" started names
  mkdir -p "$root/.kinema"
  exec 9>"$root/.kinema/build.lock"
  flock 9
  names=$(sources -print | LC_ALL=C sort | cksum)
  if [ ! -f "$file" ] || [ ! -f "$stamp" ] || [ "$names" != "$(cat "$stamp")" ] || [ -n "$(sources -newer "$stamp" -print -quit)" ]; then
    [ -t 2 ] && say "Building $name ..."
    started=$(mktemp)
    # Without the lock's descriptor: the compiler's server inherits it, stays for minutes, and would keep the lock.
    build "$project" >&2 9>&- || { rm -f "$started"; say "The build failed."; exit 1; }
    printf '%s\n' "$names" >"$stamp"
    touch -r "$started" "$stamp"
    rm -f "$started"
  fi
  exec 9>&-
}

# sources WHAT ...: does what find is told with every file that the programs are built from.
sources() {
  find "$root/src" "$root/catalog" "$root"/Directory.* "$root/global.json" "$root/.editorconfig" \
    \( -name bin -o -name obj \) -prune -o -type f "$@" 2>/dev/null || true
}
