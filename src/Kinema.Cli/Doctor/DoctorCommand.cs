using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Media;
using Kinema.Safety;
using Kinema.Server;
using Kinema.Server.Configuration;
using Kinema.Server.Workers.Child;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Kinema.Cli.Doctor;

/// <summary><c>kinema doctor</c>: checks whether this machine can run the server, and what to fix.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, set) = (CommonOptions.Data(), CommonOptions.Set());
        var url = new Option<string>("--url") { HelpName = "URL", Description = "The address a server would take.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        url.Validators.Add(r =>
        {
            if (!Uri.TryCreate(r.GetValueOrDefault<string>(), UriKind.Absolute, out var address) || address.Scheme != "http")
                r.AddError($"--url must be an http URL such as http://127.0.0.1:8080; got '{r.GetValueOrDefault<string>()}'.");
        });

        var engines = new Option<bool>("--engines") { Description = "Also ask, once and for nothing, the providers and machines behind the settings' engines." };
        var command = new Command("doctor", "Checks whether this machine can serve.") { data, set, url, engines };
        command.SetAction(async (parsed, ct) =>
        {
            var address = new Uri(parsed.GetRequiredValue(url));
            var findings = await ExamineAsync(parsed.DataFolder(data, terminal), parsed.GetRequiredValue(set), address, parsed.GetValue(engines), ct);
            if (parsed.WantsJson())
                terminal.WriteJson(new { ok = findings.All(f => f.State != Finding.FailedState), checks = findings });
            else
                Print(terminal, findings);
            return findings.Any(f => f.State == Finding.FailedState) ? ExitCodes.Failed : ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(string folder, string[] set, Uri url, bool engines, CancellationToken ct)
    {
        var (settings, programs, minFreeBytes) = await CheckServerAsync(folder, set, engines, ct);
        return
        [
            EnvironmentChecks.CheckRuntime(),
            .. settings,
            .. programs,
            EnvironmentChecks.CheckFolder(folder),
            EnvironmentChecks.CheckDisk(folder, minFreeBytes),
            EnvironmentChecks.CheckPort(url),
        ];
    }

    // Builds the server without starting it, to validate its settings and its encoder.
    private static async Task<(IReadOnlyList<Finding> Settings, IReadOnlyList<Finding> Programs, long MinFreeBytes)> CheckServerAsync(
        string folder, string[] set, bool engines, CancellationToken ct)
    {
        try
        {
            await using var app = KinemaServer.Build(new() { DataFolder = folder, Settings = set }, builder => builder.Logging.ClearProviders());
            var report = await app.Services.GetRequiredService<IFfmpegProbe>().CheckAsync(ct);
            var wan = app.Services.GetRequiredService<IOptions<WanOptions>>().Value;
            return ([Finding.Ok("settings", "valid")], [Encoder(report), Safety(app.Services), .. WanWorker(wan), await PromptExpansionCheck.ExamineAsync(app.Services, ct), await TelemetryCheck.ExamineAsync(app.Services, ct), .. engines ? await EngineChecks.ExamineAsync(app.Services, ct) : []], app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.MinFreeBytes);
        }
        catch (SettingsException e)
        {
            var findings = e.Problems.Select(p => Finding.Failed("settings", p, "Correct it in appsettings.json, the environment or --set."));
            return ([.. findings], [], new ServerOptions().MinFreeBytes);
        }
    }

    private static Finding Encoder(FfmpegReport report) => report switch
    {
        { Problem: { } problem } => Finding.Failed("ffmpeg", problem, "Without it no video can be encoded."),
        { HasLimits: false } => Finding.Warning("ffmpeg", report.Version!, "prlimit is missing (package util-linux): the encoder runs without limits on memory and processor time."),
        _ => Finding.Ok("ffmpeg", $"{report.Version} at {report.Path}"),
    };

    private static Finding Safety(IServiceProvider services) => services.GetService<ISafetyProbe>() switch
    {
        null => Finding.Ok("safety", "no checker is configured; runs are not checked (kinema safety install)"),
        var probe when probe.Find() is { Problem: { } problem } => probe.RefusesWhenBroken
            ? Finding.Failed("safety", problem, "Until it works, runs are refused (Safety:WhenBroken).")
            : Finding.Warning("safety", problem, "Until it works, runs go on unchecked (Safety:WhenBroken)."),
        var probe => Finding.Ok("safety", $"runs are checked by {probe.Find().Classifier}"),
    };

    /// <summary>The worker that `serve` starts with these settings; nothing where they want none.</summary>
    private static IEnumerable<Finding> WanWorker(WanOptions wan)
    {
        if (wan.Checkpoint is null)
            yield break;

        var (program, arguments, problem) = WanProgram.Find(wan.Program, Environment.GetEnvironmentVariable(WanProgram.Variable));
        yield return problem is null
            ? Finding.Ok("wan worker", $"{string.Join(' ', [program, .. arguments])} with {wan.Checkpoint} on {wan.Device}")
            : Finding.Failed("wan worker", problem, "Without it no worker serves Wan:Checkpoint; runs of its model are refused.");
    }

    private static void Print(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var (mark, color) = finding.State switch
            {
                Finding.OkState => ("ok  ", "green"),
                Finding.WarningState => ("warn", "yellow"),
                _ => ("FAIL", "red"),
            };
            terminal.OutConsole.MarkupLine($"[{color}]{mark}[/]  {Markup.Escape(finding.Name),-12} {Markup.Escape(finding.Detail)}");
            if (finding.Advice is not null)
                terminal.OutConsole.MarkupLine($"                   [grey]{Markup.Escape(finding.Advice)}[/]");
        }
    }
}
