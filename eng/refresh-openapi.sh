#!/usr/bin/env bash
# eng/refresh-openapi.sh: writes docs/openapi.json and docs/openapi.public.json anew from what the server serves.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/setup.sh"
cd "$root"

need_sdk
build tests/Kinema.Server.Tests
KINEMA_REFRESH_OPENAPI=1 dotnet exec tests/Kinema.Server.Tests/bin/Release/net10.0/Kinema.Server.Tests.dll --no-ansi --progress off \
  --filter-class '*CommittedDocumentTests'
git diff --stat -- docs/openapi.json docs/openapi.public.json
