using System.Diagnostics;
using System.Globalization;

namespace Kinema.Cli.Tests;

/// <summary>The program as its own process, for what only a process can show: signals, exit codes, file modes.</summary>
internal sealed class KinemaProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private KinemaProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static KinemaProcess Start(string workingDirectory, params string[] args)
    {
        // A test run that was started in the background ignores interrupts, and its children would too; env undoes that and becomes the program.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "kinema.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var name in (string[])["KINEMA_DATA", "KINEMA_SERVER", "KINEMA_KEY"])
            start.Environment.Remove(name);
        return new(Process.Start(start)!);
    }

    public async Task<string> ReadLineAsync(CancellationToken ct) =>
        await _process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException($"kinema ended with {await EndAsync(ct)}");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<CliResult> EndAsync(CancellationToken ct)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        return new(_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
