using System.CommandLine;
using Kinema.Cli.Output;

namespace Kinema.Cli.Runs;

/// <summary><c>kinema run IMAGE --prompt ...</c>, <c>kinema run --video VIDEO ...</c>: the command line of <see cref="MakeVideo"/>.</summary>
internal static class RunCommand
{
    public const string DefaultModel = "alibaba/wan/v2.7/image-to-video";

    public static Command Create(Terminal terminal)
    {
        var image = new Argument<string?>("IMAGE")
        {
            Description = "The first frame: a file (it is uploaded) or an http(s) URL. Left out where --video is given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var prompt = new Option<string?>("--prompt", "-p") { HelpName = "TEXT", Description = "What shall happen." };
        var negative = new Option<string?>("--negative-prompt") { HelpName = "TEXT", Description = "What shall not happen." };
        var end = new Option<string?>("--end-image") { HelpName = "IMAGE", Description = "The last frame." };
        var video = new Option<string?>("--video") { HelpName = "VIDEO", Description = "An input video to continue, MP4 or MOV; it counts towards the duration. In place of IMAGE." };
        var audio = new Option<string?>("--audio") { HelpName = "AUDIO", Description = "Audio for the video, WAV or MP3; it also sets the speed of the movement." };
        var duration = new Option<int?>("--duration", "-d") { HelpName = "SECONDS", Description = "Length of the result, the input video included (default: the model's)." };
        var resolution = new Option<string?>("--resolution", "-r") { HelpName = "720p|1080p", Description = "How large (default: the model's)." };
        var seed = new Option<long?>("--seed") { HelpName = "NUMBER", Description = "The same seed makes the same video." };
        var file = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Where the video goes (default: named after the image or input video)." };
        var model = new Option<string>("--model", "-m") { HelpName = "MODEL", Description = "The model.", DefaultValueFactory = _ => DefaultModel };
        var (server, key, data, set) = (CommonOptions.Server(), CommonOptions.Key(), CommonOptions.Data(), CommonOptions.Set());

        var command = new Command("run", "Makes a video from an image or an input video, on a running server or on one embedded for the time of the call.")
        {
            image, video, end, audio, prompt, negative, duration, resolution, seed, file, model, server, key, data, set,
        };
        command.SetAction((parsed, ct) => new MakeVideo(terminal).RunAsync(
            new()
            {
                Image = parsed.GetValue(image),
                Video = parsed.GetValue(video),
                Audio = parsed.GetValue(audio),
                Prompt = parsed.GetValue(prompt),
                NegativePrompt = parsed.GetValue(negative),
                EndImage = parsed.GetValue(end),
                Duration = parsed.GetValue(duration),
                Resolution = parsed.GetValue(resolution),
                Seed = parsed.GetValue(seed),
                OutputFile = parsed.GetValue(file),
                Model = parsed.GetRequiredValue(model),
                Server = parsed.GetValue(server),
                Key = parsed.GetValue(key),
                DataFolder = parsed.DataFolder(data, terminal),
                Settings = parsed.GetRequiredValue(set),
                Json = parsed.WantsJson(),
            },
            ct));
        return command;
    }
}
