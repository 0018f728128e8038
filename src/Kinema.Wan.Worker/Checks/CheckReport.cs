using Kinema.Cli.Output;
using Spectre.Console;

namespace Kinema.Wan.Worker.Checks;

/// <summary>Writes the result of a check for people.</summary>
internal static class CheckReport
{
    public static void Write(CheckResult result, Terminal terminal)
    {
        var console = terminal.OutConsole;
        console.MarkupLineInterpolated($"[bold]Arithmetic[/] on {result.Arithmetic.Processor}");
        var table = Tables.Create("Operation", "Relative error", "Limit", "");
        foreach (var check in result.Arithmetic.Results)
            table.Add(check.Operation, Small(check.RelativeError), Small(check.Limit), check.Passed ? "ok" : $"WRONG: set {check.Remedy}");
        console.Write(table);

        var speed = result.Speed;
        terminal.Out.WriteLine();
        console.MarkupLineInterpolated($"[bold]Speed[/] of {speed.Settings.Family} in {speed.Settings.Precision} on {speed.Settings.Device}");
        console.WriteFacts(
            ("short video", Describe(speed.Settings)),
            ("loading", Time(speed.LoadSeconds)),
            ("encoding", Time(speed.EncodeSeconds)),
            ("one step", FormattableString.Invariant($"{Time(speed.StepSeconds)}, {speed.OperationsPerSecond / 1e12:0.###} TFLOP/s")),
            ("decoding", Time(speed.DecodeSeconds)),
            ("whole video", Describe(speed.DefaultSettings)),
            ("expected", $"about {Time(speed.ExpectedSeconds)}, once loaded"));
    }

    private static string Describe(WanSettings settings) =>
        $"{settings.Width}×{settings.Height}, {settings.NumFrames} frames, {settings.NumInferenceSteps} steps{(settings.IsGuided ? " with guidance" : "")}";

    private static string Small(double number) => number.ToString("E1", System.Globalization.CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds switch
    {
        < 120 => FormattableString.Invariant($"{seconds:0.00} s"),
        < 7200 => FormattableString.Invariant($"{seconds / 60:0.0} min"),
        _ => FormattableString.Invariant($"{seconds / 3600:0.0} h"),
    };
}
