using System.Diagnostics;

namespace Kinema.Contract.Tests;

/// <summary>Runs a caller's program and gives back what it printed.</summary>
internal static class ProgramRun
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Programs");

    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken ct, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.StandardInput.WriteAsync(input.AsMemory(), ct);
        process.StandardInput.Close();
        await process.WaitForExitAsync(ct);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)} printed:\n{await output}\n{await errors}");
        return await output;
    }
}
