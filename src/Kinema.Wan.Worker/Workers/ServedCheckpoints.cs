using System.CommandLine;
using System.CommandLine.Parsing;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Engine;
using Kinema.Wan.Worker.Options;

namespace Kinema.Wan.Worker.Workers;

/// <summary>The options that say what a worker serves: one checkpoint with all its parts, or several folders that swap by memory.</summary>
internal sealed class ServedCheckpoints
{
    private const int MaxCheckpoints = 16;
    private const int LeastArea = 16 * 16;
    private const int LargestArea = 4096 * 4096;

    private readonly Terminal _terminal;
    private readonly CheckpointOptions _checkpoint;
    private readonly Option<string[]> _folders = new("--checkpoint")
    {
        HelpName = "DIR",
        Description = "The checkpoint: a folder in the Diffusers layout, or of single files. May be repeated: the models take turns, and within --memory-budget the one used longest ago makes room.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _ids = new("--engine-id")
    {
        HelpName = "ID",
        Description = "The engine's id, to which models are bound, one for each checkpoint in their order (default: that of the checkpoint's family, such as wan-i2v-a14b).",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _area = new("--max-area") { HelpName = "PIXELS", Description = $"Most pixels per frame, whatever a run asks for, {LeastArea} to {LargestArea} (default: no limit)." };
    private readonly Option<string[]> _offered = new("--offer-lora") { HelpName = "NAME=FILE[:STRENGTH]", Description = "A LoRA that a run may name; may be repeated.", DefaultValueFactory = _ => [] };

    public ServedCheckpoints(Terminal terminal)
    {
        _terminal = terminal;
        _checkpoint = new(terminal);
        _area.Validators.Add(CheckArea);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _folders, _ids, _area, _offered })
            command.Add(option);
        _checkpoint.AddTo(command);
    }

    /// <exception cref="CommandFailure">The options do not go together, or a value is out of range.</exception>
    public IReadOnlyList<WanEngineOptions> Engines(ParseResult parsed)
    {
        var folders = parsed.GetRequiredValue(_folders);
        var ids = parsed.GetRequiredValue(_ids);
        var count = Math.Max(1, folders.Length);
        if (folders.Length > MaxCheckpoints)
            throw new CommandFailure(ExitCodes.Usage, $"--checkpoint may be given {MaxCheckpoints} times at most; got {folders.Length}.");
        if (ids.Length > 0 && ids.Length != count)
            throw new CommandFailure(ExitCodes.Usage, $"--engine-id must be given once for each checkpoint, or not at all; got {ids.Length} for {count}.");
        if (count > 1 && (_checkpoint.NamesParts(parsed) ?? (parsed.GetRequiredValue(_offered).Length > 0 ? _offered.Name : null)) is { } single)
            throw new CommandFailure(ExitCodes.Usage, $"{single} belongs to one checkpoint; got {count}. Put the files into the folders, or start a worker for each checkpoint.");

        return [.. Enumerable.Range(0, count).Select(i => Engine(parsed, folders.ElementAtOrDefault(i), ids.ElementAtOrDefault(i)))];
    }

    private WanEngineOptions Engine(ParseResult parsed, string? folder, string? id) => new()
    {
        Id = id,
        Files = _checkpoint.Files(parsed, folder),
        Model = _checkpoint.Model(parsed),
        MaxArea = parsed.GetValue(_area),
        OptionalLoras = parsed.GetRequiredValue(_offered).Select(text => OfferedLora.Parse(text, _terminal)).ToDictionary(lora => lora.Name, lora => lora.File),
    };

    private static void CheckArea(OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() is { } area and (< LeastArea or > LargestArea))
            result.AddError($"--max-area must be {LeastArea} to {LargestArea} pixels; got {area}.");
    }
}
