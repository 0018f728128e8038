#!/bin/sh
# patch-torchsharp.sh SOURCE DESTINATION [auto|always]
#
# libLibTorchSharp.so of TorchSharp 0.107.0 requires GLIBCXX_3.4.32 (GCC 13), which Debian 12 and Ubuntu 22.04 lack. The only symbol of that
# version is std::ios_base_library_init, and nothing in the file refers to it. So the version requirement can be marked weak (VER_FLG_WEAK, one
# byte of .gnu.version_r), and the loader ignores it. The script writes such a copy to DESTINATION. It writes no copy, and removes an old one, if
# the source is any other file, or (auto) if this machine's libstdc++ has that version. It never changes the source.
set -eu
source=$1 destination=$2 when=${3:-auto}
shipped=cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8
byte=260660

lacks_version() {
  found=$( { /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null | sed -n 's/.*libstdc++\.so\.6 (.*x86-64.*=> //p' | head -n 1)
  [ -n "$found" ] && ! grep -qa 'GLIBCXX_3\.4\.32' "$found"
}

digest() { sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1; }

# A copy that was made before from the same file stays, so that later build steps copy nothing again.
if [ "$(digest "$source")" != "$shipped" ] || { [ "$when" != always ] && ! lacks_version; }; then
  [ "$source" = "$destination" ] || rm -f "$destination"
  exit 0
fi
[ -f "$destination" ] && exit 0

mkdir -p "$(dirname "$destination")"
cp "$source" "$destination.part"
chmod u+w "$destination.part"
printf '\002' | dd of="$destination.part" bs=1 seek="$byte" conv=notrunc status=none
mv -f "$destination.part" "$destination"
echo "Kinema: TorchSharp's native library needs a libstdc++ newer than this system's; using a copy with that requirement marked weak ($destination)."
