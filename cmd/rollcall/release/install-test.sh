#!/usr/bin/env bash
# Installs the deb into a root that has nothing, and runs it there as a user who owns nothing.
set -euo pipefail
cd "$(dirname "$0")/../../.."
if ! command -v dpkg >/dev/null || [ "$(id -u)" != 0 ]; then echo 'NOT RUN: dpkg and root are needed, so no package was installed'; exit 1; fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/var/lib/dpkg/"{info,updates}
touch "$dir/var/lib/dpkg/"{status,available}
chmod a+rx "$dir"
dpkg --root="$dir" --force-script-chrootless -i reports/out/packages/rollcall_*_"$(dpkg --print-architecture)".deb
for file in usr/bin/rollcall usr/share/man/man1/rollcall-mock.1 usr/share/bash-completion/completions/rollcall \
  usr/share/doc/rollcall/NOTICES usr/share/doc/rollcall/examples/rollcall.service; do
  [ -s "$dir/$file" ] || { echo "$file is not in the package"; exit 1; }
done
inside() { env -i "$(command -v chroot)" --userspec=65532:65532 "$dir" /usr/bin/rollcall "$@"; }
inside version
inside test tenants --procs 1 -q
dpkg --root="$dir" --force-script-chrootless -r rollcall
[ ! -e "$dir/usr/bin/rollcall" ] || { echo 'it is still there after it was removed'; exit 1; }
echo 'installed, run and removed'
