#!/usr/bin/env bash
# Runs the RUN lines of the Dockerfile in a temporary folder, and starts what they make as the image would: in a root that has
# nothing else, as the image's user, who can write nowhere, with the image's environment and health check.
set -euo pipefail
cd "$(dirname "$0")/../../.."
[ "$(id -u)" = 0 ] || { echo 'NOT RUN: only root may change the root, so the image was not tried'; exit 1; }
file=cmd/rollcall/Dockerfile
said() { sed -n "s/^$1 //p" "$file" | tail -1; }
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT
mkdir -p "$dir/src" "$dir/root/licences"
git ls-files -co --exclude-standard -z | tar --null -T - -cf - | tar -xf - -C "$dir/src"
export TARGETOS=linux TARGETARCH COMMIT DATE
TARGETARCH=$(go env GOARCH) COMMIT=$(git rev-parse HEAD 2>/dev/null || true) DATE=$(git log -1 --format=%cI 2>/dev/null || true)
sed -n 's/^RUN //p' "$file" | while read -r line; do
  echo "RUN $line"
  (cd "$dir/src" && bash -euc "${line//\/out\//$dir/out/}") </dev/null
done
cp "$dir/out/rollcall" "$dir/root/rollcall"
cp "$dir/out/NOTICES" "$dir/src/LICENSE" "$dir/root/licences/"
chmod -R a-w,a+rX "$dir/root"
chmod a+x "$dir"
user=$(said USER)
port=$((20000 + RANDOM % 20000))   # the address is loopback here: what the image says is for its own network
inside=(env -i $(said ENV) ROLLCALL_HOST=127.0.0.1 "ROLLCALL_PORT=$port" "$(command -v chroot)" "--userspec=$user" "$dir/root" /rollcall)
"${inside[@]}" mock >"$dir/log" 2>&1 &
pid=$!
for _ in $(seq 100); do
  if "${inside[@]}" health; then break; fi 2>/dev/null
  kill -0 "$pid" 2>/dev/null || { cat "$dir/log"; exit 1; }
  sleep 0.2
done
"${inside[@]}" health
"${inside[@]}" version
"${inside[@]}" test council --target "http://127.0.0.1:$port" --procs 1 -q || { echo "the suite ended with $?"; exit 1; }
kill "$pid"; wait "$pid" || { echo "it ended with $?"; exit 1; }
pid=
if "${inside[@]}" health 2>/dev/null; then echo 'it is well although it has ended'; exit 1; fi
echo "image: $(du -sk --apparent-size "$dir/root" | cut -f1) KiB; started, asked, judged and ended as $user in an empty root"
