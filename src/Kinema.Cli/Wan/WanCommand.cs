using System.CommandLine;
using System.Diagnostics;
using Kinema.Cli.Output;
using Kinema.Server.Workers.Child;

namespace Kinema.Cli.Wan;

/// <summary><c>kinema wan …</c>: starts <c>kinema-wan</c>, a program of its own, so that libtorch is neither restored nor loaded here.</summary>
internal static class WanCommand
{
    public const string Name = "wan";

    /// <summary>Returns the arguments that are for kinema-wan, or null: those of <c>wan</c>, and of a worker for the engine <c>wan</c>.</summary>
    public static string[]? PassedOn(string[] args) => args switch
    {
        [Name, .. var rest] => rest,
        ["worker", .. var rest] when Array.IndexOf(rest, "--engine") is >= 0 and var at && at + 1 < rest.Length && rest[at + 1] == Name => ["worker", .. rest[..at], .. rest[(at + 2)..]],
        ["worker", .. var rest] when rest.Contains($"--engine={Name}") => ["worker", .. rest.Where(argument => argument != $"--engine={Name}")],
        _ => null,
    };

    /// <summary>Listed in the help; the arguments are passed on before they are parsed here.</summary>
    public static Command Create() => new(Name, "Runs open Wan weights on this machine: inspect, check, run, replay (starts kinema-wan).");

    /// <summary>Runs the program with these arguments, in this terminal, and returns its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken ct)
    {
        var (program, prefix, problem) = WanProgram.Find(null, terminal.Variable(WanProgram.Variable) is { } named ? terminal.Resolve(named) : null);
        if (problem is not null)
            throw new CommandFailure(ExitCodes.NotFound, problem);
        using var replay = await ReplayOfRun.FetchAsync(arguments, terminal, ct);
        using var process = Process.Start(new ProcessStartInfo(program, [.. prefix, .. replay?.Arguments ?? arguments])) ?? throw new CommandFailure(ExitCodes.Failed, $"{program} does not start.");
        // It gets Ctrl+C from the terminal itself; other signals only through this process.
        await using var forwarding = ct.Register(() => Terminate(process));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill();
        else
            Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
    }
}
