using System.CommandLine;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Worker.Options;
using Kinema.Wan.Worker.Videos;

namespace Kinema.Wan.Worker.Replays;

/// <summary><c>kinema wan replay RECORD IMAGE</c>: makes a video again from its record, and says how far it differs.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var record = new Argument<string>("RECORD") { Description = "A file of JSON with the record: a run, its model_data, or what run --json wrote." };
        var image = new Argument<string>("IMAGE") { Description = "The picture of the first frame." };
        var last = new Option<string?>("--end-image") { HelpName = "IMAGE", Description = "The picture of the last frame, if there was one." };
        var prompt = new Option<string?>("--prompt") { HelpName = "TEXT", Description = "The prompt (default: that of the run in RECORD)." };
        var against = new Option<string?>("--against") { HelpName = "VIDEO", Description = "The first video, to compare the new one with." };
        var folder = new Option<string?>("--checkpoint") { HelpName = "DIR", Description = "The checkpoint." };
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Description = "Where the video goes.", DefaultValueFactory = _ => "replay.mp4" };
        var checkpoint = new CheckpointOptions(terminal);
        var command = new Command("replay", "Makes a video again from its record: settings, precision, what stays as stored, threads and tiling are pinned.") { record, image, last, prompt, against, folder, output };
        checkpoint.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var recorded = await RecordFile.ReadAsync(ExistingFile.Resolve(parsed.GetRequiredValue(record), terminal), parsed.GetValue(prompt), ct);
            // Older versions widened all and did not say so.
            var settings = recorded with { Resident = recorded.Resident ?? WanResident.Widened };
            var order = new VideoOrder
            {
                Files = checkpoint.Files(parsed, parsed.GetValue(folder)),
                Model = checkpoint.Model(parsed) with { Precision = settings.Precision, Resident = settings.Resident, Threads = settings.Runtime.Threads, VaeTiling = settings.VaeTiling },
                Image = ExistingFile.Resolve(parsed.GetRequiredValue(image), terminal),
                LastImage = parsed.GetValue(last) is { } end ? ExistingFile.Resolve(end, terminal) : null,
                Output = terminal.Resolve(parsed.GetValue(output)!),
            };
            var first = parsed.GetValue(against) is { } video ? ExistingFile.Resolve(video, terminal) : null;
            var made = await VideoMaker.RunAsync(order, settings.ToRequest, terminal, ct);
            var result = new ReplayResult(
                order.Output, SettingsDifference.Between(settings, made.Settings), first is null ? null : await VideoDifference.MeasureAsync(first, order.Output, made.Settings, ct));
            if (parsed.GetValue<bool>("--json"))
                terminal.WriteJson(result);
            else
                Write(result, terminal);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(ReplayResult result, Terminal terminal)
    {
        terminal.Out.WriteLine(terminal.Shorten(result.Video));
        if (result.Settings.Count > 0)
        {
            var table = Tables.Create("Setting", "Recorded", "Now");
            foreach (var difference in result.Settings)
                table.Add(difference.Name, difference.Recorded, difference.Now);
            terminal.OutConsole.Write(table);
        }

        if (result.Frames is { } frames)
            terminal.Out.WriteLine(FormattableString.Invariant($"{frames.EqualFrames} of {frames.Frames} frames are equal{(frames.Psnr is { } psnr ? $"; PSNR {psnr:0.0} dB" : "")}"));
    }
}

/// <summary>What a replay found: the settings that could not be pinned, and the frames' difference where there is a video to compare with.</summary>
internal sealed record ReplayResult(string Video, IReadOnlyList<SettingsDifference> Settings, VideoDifference? Frames);
