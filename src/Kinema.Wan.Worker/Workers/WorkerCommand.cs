using System.CommandLine;
using System.CommandLine.Parsing;
using Kinema.Cli.Output;
using Kinema.Cli.Workers;
using Kinema.Media;
using Kinema.Wan.Engine;
using Kinema.Wan.Worker.Options;

namespace Kinema.Wan.Worker.Workers;

/// <summary><c>kinema worker --engine wan</c>: works on the runs of a server elsewhere with open Wan weights.</summary>
internal static class WorkerCommand
{
    private const int LeastArea = 16 * 16;
    private const int LargestArea = 4096 * 4096;

    public static Command Create(Terminal terminal)
    {
        var folder = new Option<string?>("--checkpoint") { HelpName = "DIR", Description = "The checkpoint: a folder in the Diffusers layout, or of single files." };
        var id = new Option<string?>("--engine-id") { HelpName = "ID", Description = "The engine's id, to which models are bound (default: that of the checkpoint's family, such as wan-i2v-a14b)." };
        var area = new Option<int?>("--max-area") { HelpName = "PIXELS", Description = $"Most pixels per frame, whatever a run asks for, {LeastArea} to {LargestArea} (default: no limit)." };
        area.Validators.Add(CheckArea);
        var offered = new Option<string[]>("--offer-lora")
        {
            HelpName = "NAME=FILE[:STRENGTH]",
            Description = "A LoRA that a run may name; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        var rate = new Option<int?>("--frame-rate")
        {
            HelpName = "FPS",
            Description = $"Frames a second of every video, {VideoConversion.MinFramesPerSecond} to {VideoConversion.MaxFramesPerSecond}: frames are repeated or left out (default: the model's).",
        };
        rate.Validators.Add(CheckRate);
        var upscale = new Option<bool>("--upscale") { Description = "Take runs of 1080p: the model makes its largest size, and the frames are enlarged." };
        var checkpoint = new CheckpointOptions(terminal);
        var run = new RemoteWorkerRun(terminal);
        var command = new Command("worker", "Works on the runs of a server elsewhere, until it is stopped or drained.") { folder, id, area, rate, upscale, offered };
        checkpoint.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var engine = new WanEngineOptions
            {
                Id = parsed.GetValue(id),
                Files = checkpoint.Files(parsed, parsed.GetValue(folder)),
                Model = checkpoint.Model(parsed),
                MaxArea = parsed.GetValue(area),
                OptionalLoras = parsed.GetRequiredValue(offered).Select(text => OfferedLora.Parse(text, terminal)).ToDictionary(lora => lora.Name, lora => lora.File),
            };
            var conversion = new VideoConversion { FramesPerSecond = parsed.GetValue(rate), Upscales = parsed.GetValue(upscale) };
            return run.RunAsync(parsed, services => services.AddWanEngine(engine, conversion), ct);
        });
        return command;
    }

    private static void CheckRate(OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() is { } rate and (< VideoConversion.MinFramesPerSecond or > VideoConversion.MaxFramesPerSecond))
            result.AddError($"--frame-rate must be {VideoConversion.MinFramesPerSecond} to {VideoConversion.MaxFramesPerSecond}; got {rate}.");
    }

    private static void CheckArea(OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() is { } area and (< LeastArea or > LargestArea))
            result.AddError($"--max-area must be {LeastArea} to {LargestArea} pixels; got {area}.");
    }
}
