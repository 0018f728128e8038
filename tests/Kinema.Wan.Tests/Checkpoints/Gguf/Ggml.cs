using System.Diagnostics;
using System.Runtime.InteropServices;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>
/// ggml itself (libggml-base.so of the npm package node-llama-cpp) and the reader <c>@huggingface/gguf</c>: in the folder that KINEMA_GGUF_TOOLS names, or fetched by npm.
/// </summary>
internal sealed unsafe class Ggml : IDisposable
{
    private const string Variable = "KINEMA_GGUF_TOOLS", Library = "node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libggml-base.so";
    private static readonly string[] _packages = ["@node-llama-cpp/linux-x64@3.21.1", "@huggingface/gguf@0.4.6"];

    private readonly TemporaryFolder? _fetched;
    private readonly nint _library;

    private Ggml(string folder, TemporaryFolder? fetched) => (Folder, _fetched, _library) = (folder, fetched, NativeLibrary.Load(Path.Combine(folder, Library)));

    /// <summary>The folder with <c>node_modules</c>.</summary>
    public string Folder { get; }

    /// <summary>Opens or fetches them; skips the test where neither works.</summary>
    public static Ggml Open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "ggml is fetched for Linux on x86-64");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return new(named, null);

        var folder = new TemporaryFolder();
        try
        {
            Assert.SkipUnless(Run(folder.Path, "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder.Path, .. _packages]).Code == 0, "npm cannot fetch ggml");
            return new(folder.Path, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Runs a program in a folder for at most two minutes.</summary>
    public static (int Code, string Output) Run(string folder, string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
                process.Kill(entireProcessTree: true);
            return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }

    /// <summary>What ggml makes of blocks.</summary>
    public float[] Dequantise(StoredType type, byte[] blocks)
    {
        var function = (delegate* unmanaged<byte*, float*, long, void>)NativeLibrary.GetExport(_library, $"dequantize_row_{type.ToString().ToLowerInvariant().Replace("_k", "_K", StringComparison.Ordinal)}");
        var numbers = new float[blocks.Length / type.BlockBytes() * type.BlockLength()];
        fixed (byte* from = blocks)
        fixed (float* to = numbers)
            function(from, to, numbers.Length);
        return numbers;
    }

    public void Dispose() => _fetched?.Dispose();
}
