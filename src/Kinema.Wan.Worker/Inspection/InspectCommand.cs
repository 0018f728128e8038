using System.CommandLine;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Worker.Options;
using Spectre.Console;

namespace Kinema.Wan.Worker.Inspection;

/// <summary><c>kinema wan inspect DIR</c>: what a checkpoint is and what it needs, without loading it.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder in the Diffusers layout, or of single files as ComfyUI keeps them." };
        var options = new CheckpointOptions(terminal);
        var command = new Command("inspect", "Says what a checkpoint is: family, files, digest, types, parameters, memory on this device, and what is missing.") { folder };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var model = options.Model(parsed);
            var checkpoint = WanCheckpoint.Inspect(options.Files(parsed, parsed.GetRequiredValue(folder)), model);
            if (parsed.GetValue<bool>("--json"))
                terminal.WriteJson(checkpoint);
            else
                Write(checkpoint, model, terminal);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(WanCheckpoint checkpoint, WanOptions options, Terminal terminal)
    {
        terminal.OutConsole.MarkupLineInterpolated($"[bold]{checkpoint.Family}[/]");
        terminal.OutConsole.WriteFacts(
            ("digest", checkpoint.Digest),
            ("tokenizer", terminal.Shorten(checkpoint.Tokenizer)),
            ("computes in", $"{checkpoint.Precision} on {options.Device}"),
            ("memory", Memory(checkpoint.OffloadPlan)),
            ("defaults", Defaults(checkpoint.Defaults)));
        terminal.Out.WriteLine();
        var table = Tables.Create("Part", "Parameters", "Types", "Size", "Files");
        foreach (var part in checkpoint.Components)
            table.Add(part.Name, Millions(part.Parameters), string.Join(", ", part.Types), Wording.Bytes(part.Bytes), Files(part, terminal));
        terminal.OutConsole.Write(table);
    }

    private static string Memory(WanOffloadPlan plan)
    {
        var weights = $"{Wording.Bytes(plan.WeightBytes)} of weights{Residence(plan)}{(plan.MappedBytes > 0 ? $", {Wording.Bytes(plan.MappedBytes)} more in mapped files" : "")}";
        var free = plan.FreeBytes is { } bytes ? $"; {Wording.Bytes(bytes)} free, {Wording.Bytes(plan.ReserveBytes)} of them for a video" : "";
        return $"{weights}{free}: {(plan.AllResident ? "all parts stay" : $"parts take turns in {Wording.Bytes(plan.BudgetBytes ?? 0)}")}";
    }

    private static string Residence(WanOffloadPlan plan) => plan.AsStoredBytes == plan.WidenedBytes ? "" : plan.Resident == WanResident.AsStored
        ? $" as stored ({Wording.Bytes(plan.WidenedBytes)} widened)"
        : $" widened ({Wording.Bytes(plan.AsStoredBytes)} as stored)";

    private static string Defaults(WanDefaults defaults) => FormattableString.Invariant(
        $"{defaults.NumInferenceSteps} steps, shift {defaults.FlowShift}, guidance {defaults.GuidanceScale}, {defaults.NumFrames} frames at {defaults.FramesPerSecond} a second, {defaults.MaxArea} pixels");

    private static string Millions(long parameters) => FormattableString.Invariant($"{parameters / 1e6:#,0.###} M");

    private static string Files(WanComponent part, Terminal terminal) =>
        part.Files is [var only] ? terminal.Shorten(only) : $"{terminal.Shorten(Path.GetDirectoryName(part.Files[0])!)} ({part.Files.Count} files)";
}
