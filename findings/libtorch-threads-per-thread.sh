#!/usr/bin/env bash
# libtorch 2.10 (package libtorch-cpu-linux-x64 2.10.0) keeps the number of its threads for each calling thread.
#
# at::set_num_threads, which TorchSharp calls as torch.set_num_threads, changes the number for the thread that calls it and for threads that
# have not used libtorch yet. A thread that has keeps its old number. In .NET, where work moves between threads of a pool, one computation
# can then run with one number and the next with another; sums are added in another order and results differ in their last bits.
# Seen on Linux x86-64 with .NET 10. The script calls libtorch's exported functions directly and fails once a set number reaches all threads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat >threads.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
  </ItemGroup>
</Project>
XML

cat >Program.cs <<'CS'
using System.Runtime.InteropServices;

unsafe
{
    var path = Directory.EnumerateFiles(AppContext.BaseDirectory, "libtorch_cpu.so", SearchOption.AllDirectories).First();
    var library = NativeLibrary.Load(path);
    var set = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "_ZN2at15set_num_threadsEi");
    var get = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "_ZN2at15get_num_threadsEv");

    using SemaphoreSlim ask = new(0), answered = new(0);
    var seen = 0;
    var old = new Thread(() =>
    {
        while (true)
        {
            ask.Wait();
            seen = get();
            answered.Release();
        }
    }) { IsBackground = true };
    old.Start();

    set(1);
    var before = AskOld();
    set(2);
    var setter = get();
    var after = AskOld();
    var fresh = 0;
    var born = new Thread(() => fresh = get());
    born.Start();
    born.Join();
    Console.WriteLine($"old thread before: {before}; setter: {setter}; old thread after: {after}; new thread: {fresh}");
    return (before, setter, after, fresh) == (1, 2, 1, 2) ? 0 : 1;

    int AskOld()
    {
        ask.Release();
        answered.Wait();
        return seen;
    }
}
CS

dotnet build -c Release -v quiet
output=$(dotnet exec bin/Release/net10.0/threads.dll) || { echo "changed: $output"; exit 1; }
echo "$output"
[ "$output" = "old thread before: 1; setter: 2; old thread after: 1; new thread: 2" ]
