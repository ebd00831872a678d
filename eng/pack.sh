#!/usr/bin/env bash
# Packs every package into artifacts/packages (or the folder given). Versions of dependencies come from Directory.Packages.props
# and eng/Vendor.targets, so that they stand in one place.
set -euo pipefail
cd "$(dirname "$0")/.."
out="${1:-artifacts/packages}"
export CI="${CI:-true}" # deterministic: no machine's paths in the binaries

version="$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)"
commit="$(git rev-parse HEAD 2>/dev/null || echo unknown)"
properties=(-p:commit="$commit")
while read -r id dependency; do
  properties+=(-p:"${id//./_}=$dependency")
done < <(sed -n 's:.*<PackageVersion Include="\([^"]*\)" Version="\([^"]*\)".*:\1 \2:p' Directory.Packages.props eng/Vendor.targets)

dotnet build eng/packages/Packages.proj -c Release -v q -nologo
mkdir -p "$out"
for nuspec in eng/packages/*.nuspec; do
  dotnet pack "$nuspec" --version "$version" --output "$out" "${properties[@]}" -v q
done
ls "$out"/*."$version".nupkg
