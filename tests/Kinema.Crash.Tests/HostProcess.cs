using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Kinema.Crash.Tests;

/// <summary>The real server as a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _log = new();

    private HostProcess(Process process) => _process = process;

    /// <summary>The address, or null when the process ended before it listened.</summary>
    public Task<Uri?> Listening => _listening.Task;

    /// <summary>The key that it printed before its address, where it has no worker of its own.</summary>
    public string? WorkerKey { get; private set; }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>The log of the process.</summary>
    public string Log => string.Join('\n', _log);

    /// <param name="dataFolder">What an earlier process left is taken up again.</param>
    /// <param name="frameMilliseconds">The engine's time for one frame.</param>
    /// <param name="crashAt">The point at which it kills itself, or null.</param>
    /// <param name="crashCount">At which passing of that point.</param>
    /// <param name="settings">More settings.</param>
    public static HostProcess Start(string dataFolder, int frameMilliseconds, string? crashAt = null, int crashCount = 1, params IEnumerable<string> settings)
    {
        string[] arguments = [dataFolder, .. TestSupport.TestSettings.OpenLoopback, .. settings];
        return Start([], arguments, frameMilliseconds, ("KINEMA_CRASH_COUNT", crashCount.ToString(CultureInfo.InvariantCulture)), ("KINEMA_CRASH_AT", crashAt));
    }

    /// <summary>Starts a worker of a server.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="key">A worker key.</param>
    /// <param name="scratchFolder">Where its files under way lie.</param>
    /// <param name="frameMilliseconds">The engine's time for one frame.</param>
    /// <param name="wrapper">Program and arguments before <c>dotnet</c>, such as those that enter a network namespace.</param>
    public static HostProcess StartWorker(Uri server, string key, string scratchFolder, int frameMilliseconds, params IReadOnlyList<string> wrapper) =>
        Start(wrapper, ["worker", server.AbsoluteUri], frameMilliseconds, ("KINEMA_WORKER_KEY", key), ("KINEMA_CRASH_SCRATCH", scratchFolder));

    public void Kill() => _process.Kill();

    /// <summary>Sends SIGSTOP or SIGCONT, for example.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
    }

    /// <returns>How long it took to exit after SIGTERM.</returns>
    public async Task<TimeSpan> TerminateAsync(CancellationToken ct)
    {
        var asked = Stopwatch.GetTimestamp();
        await SignalAsync("TERM", ct);
        await _process.WaitForExitAsync(ct);
        return Stopwatch.GetElapsedTime(asked);
    }

    /// <returns>False when it was still there after this time.</returns>
    public async Task<bool> HasEndedWithinAsync(TimeSpan time, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static HostProcess Start(
        IReadOnlyList<string> wrapper, IReadOnlyList<string> arguments, int frameMilliseconds, params IEnumerable<(string Name, string? Value)> environment)
    {
        string[] command = [.. wrapper, "dotnet", Path.Combine(AppContext.BaseDirectory, "Kinema.Crash.Host.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KINEMA_CRASH_FRAME_MS"] = frameMilliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment.Where(e => e.Value is not null))
            start.Environment[name] = value;

        var host = new HostProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        host._process.OutputDataReceived += (_, line) => host.Heard(line.Data);
        host._process.ErrorDataReceived += (_, line) => host._log.Enqueue(line.Data ?? "");
        host._process.Exited += (_, _) => host._listening.TrySetResult(null);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    private void Heard(string? line)
    {
        _log.Enqueue(line ?? "");
        if (line is not null && line.StartsWith("rf_worker_", StringComparison.Ordinal))
            WorkerKey = line;
        if (line is not null && line.StartsWith("http://", StringComparison.Ordinal))
            _listening.TrySetResult(new Uri(line));
    }
}
