#!/usr/bin/env bash
# SkiaSharp 4.154.0 writes an sBIT chunk into every PNG it encodes, also for a picture without a colour space whose samples have all their bits.
#
# sBIT names the significant bits of each channel (PNG specification, 11.3.2.7). A program that wants a PNG of nothing but pixels (IHDR, IDAT, IEND), to
# hand it to readers that act on ancillary chunks, must take the chunk out itself; no option of SKPngEncoderOptions does.
# Seen on Linux x86-64 with .NET 10. The script lists the chunks and fails once there is no sBIT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat >chunks.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SkiaSharp" Version="4.154.0" />
    <PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="4.154.0" />
  </ItemGroup>
</Project>
XML

cat >Program.cs <<'CS'
using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

var info = new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque, colorspace: null);
using var bitmap = new SKBitmap(info);
bitmap.Erase(new SKColor(200, 40, 40));
using var pixels = bitmap.PeekPixels();
using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6));
var png = data.ToArray();
var chunks = new List<string>();
for (var at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
{
    var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
    var type = Encoding.ASCII.GetString(png, at + 4, 4);
    chunks.Add(type == "sBIT" ? $"{type} {Convert.ToHexString(png, at + 8, length)}" : type);
}

Console.WriteLine(string.Join(", ", chunks));
CS

output=$(dotnet run 2>&1)
echo "chunks: $output"
case "$output" in
  *sBIT*) echo "As described: sBIT is written for a picture without a colour space." ;;
  *) echo "Changed: no sBIT chunk."; exit 1 ;;
esac
