using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Kinema.Core.Keys;
using Kinema.Server.Requests;
using Kinema.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Workers.Child;

/// <summary>
/// Starts the worker with open Wan weights beside the server and starts it again when it ends, after 1, 2, 4, … 60 s. It is a worker like any other: it has a key of
/// its own, speaks the worker protocol, and what it crashes with stays in its process. It ends with the server: its standard input ends then.
/// </summary>
internal sealed partial class ChildWorker(
    IOptions<WanOptions> options, IOptions<TelemetryOptions> telemetry, IWorkerKeys keys, ServerAddress address, IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<ChildWorker> log) : BackgroundService
{
    private const string KeyName = "worker of this server";

    /// <summary>One for each family of weights: the checkpoint decides which it is.</summary>
    private static readonly string[] _engines = ["wan-i2v-14b", "wan-flf2v-14b", "wan-i2v-a14b", "wan-ti2v-5b"];

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(4);

    /// <summary>How it is: null if it runs, or no worker is wanted.</summary>
    public string? Problem { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.AllCheckpoints.Count == 0)
            return;

        var (program, prefix, missing) = WanProgram.Find(options.Value.Program, Environment.GetEnvironmentVariable(WanProgram.Variable));
        if (missing is not null)
        {
            Problem = missing;
            LogMissing(missing);
            return;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await ListeningAsync(stopping.Token);
            var token = await CreateKeyAsync(stopping.Token);
            await KeepRunningAsync(program, prefix, token, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server ends, and the worker has.
        }
    }

    private async Task ListeningAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    /// <summary>A key for each start of the server: the last one's ends.</summary>
    private async Task<string> CreateKeyAsync(CancellationToken ct)
    {
        foreach (var key in (await keys.ListAsync(ct)).Where(key => key is { Name: KeyName, RevokedAt: null }))
            await keys.RevokeAsync(key.Id, ct);
        return (await keys.CreateAsync(new NewWorkerKey(KeyName, _engines, ExpiresAt: null), ct)).Token;
    }

    private async Task KeepRunningAsync(string program, string[] prefix, string token, CancellationToken ct)
    {
        var wait = TimeSpan.FromSeconds(1);
        while (true)
        {
            var began = timeProvider.GetTimestamp();
            var code = await RunAsync(program, prefix, token, ct);
            if (timeProvider.GetElapsedTime(began) > _longestWait)
                wait = TimeSpan.FromSeconds(1);

            Problem = $"The Wan worker ended with code {code}; it is started again every {wait.TotalSeconds:0} s.";
            LogEnded(code, wait.TotalSeconds);
            await Task.Delay(wait, timeProvider, ct);
            wait = wait * 2 < _longestWait ? wait * 2 : _longestWait;
        }
    }

    private async Task<int> RunAsync(string program, string[] prefix, string token, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, [.. prefix, .. Arguments()]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KINEMA_WORKER_KEY"] = token;
        // glibc reads it before the program starts, and else makes eight heaps for each core, which keep what tensors leave.
        start.Environment.TryAdd("MALLOC_ARENA_MAX", "2");
        if (telemetry.Value.OtlpEndpoint is { } collector)
        {
            // Its spans belong to the same traces.
            start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.AbsoluteUri;
            start.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = telemetry.Value.OtlpHeaders;
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            LogNotStarted(program, e.Message);
            return -1;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Problem = null;
        LogStarted(process.Id);
        try
        {
            await process.WaitForExitAsync(ct);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            throw;
        }
    }

    private static async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }

    private IEnumerable<string> Arguments()
    {
        var wan = options.Value;
        yield return "worker";
        yield return "--with-parent";
        foreach (var (name, value) in (IEnumerable<(string, string?)>)
                 [
                     ("--server", Own().AbsoluteUri), .. wan.AllCheckpoints.Select(folder => ("--checkpoint", (string?)folder)), ("--device", wan.Device), ("--dtype", wan.Dtype),
                     ("--memory-budget", wan.MemoryBudget), ("--max-area", Text(wan.MaxArea)), ("--frame-rate", Text(wan.FrameRate)),
                 ])
        {
            if (value is null)
                continue;
            yield return name;
            yield return value;
        }

        if (wan.Upscale)
            yield return "--upscale";
        foreach (var lora in wan.Loras)
        {
            yield return "--lora";
            yield return lora;
        }
    }

    /// <summary>0 leaves the option out.</summary>
    private static string? Text(int number) => number > 0 ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The server's address on this machine; http if it has one.</summary>
    private Uri Own()
    {
        var bound = address.Bound.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? address.Bound[0];
        var parsed = BindingAddress.Parse(bound);
        var host = parsed.Host is "0.0.0.0" or "*" or "+" ? "127.0.0.1" : parsed.Host is "[::]" ? "[::1]" : parsed.Host;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{parsed.Scheme}://{host}:{parsed.Port}"));
    }

    private void Hear(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            LogHeard(line);
    }

    [LoggerMessage(4400, LogLevel.Information, "The Wan worker was started as process {ProcessId}")]
    private partial void LogStarted(int processId);

    [LoggerMessage(4401, LogLevel.Error, "The Wan worker ended with code {Code}; it is started again in {Seconds} s")]
    private partial void LogEnded(int code, double seconds);

    [LoggerMessage(4402, LogLevel.Error, "The Wan worker cannot be started: {Problem}")]
    private partial void LogMissing(string problem);

    [LoggerMessage(4403, LogLevel.Error, "{Program} cannot be started: {Problem}")]
    private partial void LogNotStarted(string program, string problem);

    [LoggerMessage(4404, LogLevel.Information, "Wan worker: {Line}")]
    private partial void LogHeard(string line);
}
