#!/usr/bin/env bash
# libtorch 2.10 (packages libtorch-cpu-linux-x64 2.10.0 and TorchSharp 0.107.0): bfloat16 convolutions of patches are wrong on processors with AMX.
#
# conv2d of 16 bfloat16 input channels with a kernel of 4×4 or larger and a stride of the kernel's size, as patch embeddings have, gives numbers with a relative
# error of about 1.2 against the same numbers in float32; rounding explains 0.002. 3, 32 or 64 channels, a kernel of 2×2, or a stride of 1 are right, and so is the same
# convolution when oneDNN is told to leave AMX alone (ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16). Pictures padded from 3 to 16 channels meet it.
# Seen on an Intel Xeon of model 207 with .NET 10 on Linux. Fails once the result is right; says so and ends where the processor has no AMX.
set -euo pipefail
grep -qw amx_bf16 /proc/cpuinfo || { echo "this processor has no amx_bf16; nothing to see here"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat >patches.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>false</SelfContained>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp" Version="0.107.0" />
    <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
  </ItemGroup>
</Project>
XML

cat >Program.cs <<'CS'
using TorchSharp;
using static TorchSharp.torch;

foreach (var (channels, kernel, stride) in new[] { (3, 4, 4), (16, 2, 2), (16, 4, 1), (16, 4, 4), (16, 14, 14), (32, 4, 4) })
{
    torch.manual_seed(1);
    using var picture = randn(1, channels, 112, 112).bfloat16();
    using var weight = randn(16, channels, kernel, kernel).bfloat16();
    using var exact = nn.functional.conv2d(picture.to_type(ScalarType.Float32), weight.to_type(ScalarType.Float32), strides: [stride, stride]);
    using var result = nn.functional.conv2d(picture, weight, strides: [stride, stride]).to_type(ScalarType.Float32);
    var error = ((result - exact).norm() / exact.norm()).item<float>();
    Console.WriteLine($"{channels} channels, kernel {kernel}, stride {stride}: {(error > 0.5 ? "wrong" : error < 0.01 ? "right" : "unclear")}");
}
CS

dotnet build -c Release -v quiet
output=bin/Release/net10.0/linux-x64
# Debian 12's libstdc++ lacks a version that the library names without using it; marked as weak it is not asked for.
library=$output/libLibTorchSharp.so
if [ "$(sha256sum <"$library" | cut -c1-8)" = cf33b1b0 ]; then
  printf '\002' | dd of="$library" bs=1 seek=260660 conv=notrunc status=none
fi

seen=$(dotnet exec $output/patches.dll)
without=$(ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16 dotnet exec $output/patches.dll)
echo "$seen"
echo "without AMX: $(grep -c right <<<"$without") of 6 right"
[ "$(grep wrong <<<"$seen")" = "16 channels, kernel 4, stride 4: wrong
16 channels, kernel 14, stride 14: wrong" ] && [ "$(grep -c right <<<"$seen")" = 4 ] && [ "$(grep -c right <<<"$without")" = 6 ]
