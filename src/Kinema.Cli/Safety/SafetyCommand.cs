using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Safety.Installation;

namespace Kinema.Cli.Safety;

/// <summary><c>kinema safety install</c>: brings a classifier for the safety checker.</summary>
internal static class SafetyCommand
{
    public static Command Create(Terminal terminal) => new("safety", "Brings a classifier for the safety checker.") { CreateInstall(terminal) };

    private static Command CreateInstall(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var folder = new Option<string?>("--folder") { HelpName = "DIR", Description = "Where the files go (default: safety in the data folder)." };
        var npm = new Option<string>("--npm") { HelpName = "PROGRAM", Description = "The program that fetches.", DefaultValueFactory = _ => "npm" };
        var bare = new Option<bool>("--without-runtime") { Description = "Do not bring ONNX Runtime's library (114 MB to fetch, 46 MB to keep)." };
        var command = new Command("install", "Fetches nsfwjs's MobileNetV2 through npm and converts it to ONNX, once.") { data, folder, npm, bare };
        command.SetAction(async (parsed, ct) =>
        {
            var target = parsed.GetValue(folder) is { } named ? terminal.Resolve(named) : Path.Combine(parsed.DataFolder(data, terminal), "safety");
            try
            {
                var manifest = await InstallClassifier.HandleAsync(
                    target, parsed.GetRequiredValue(npm), !parsed.GetValue(bare), done => terminal.Error.WriteLine($"{done}."), ct);
                if (parsed.WantsJson())
                    terminal.WriteJson(new { manifest, setting = $"Safety:Classifier={manifest}" });
                else
                    terminal.Out.WriteLine($"Runs are checked once the server has the setting:\n  kinema serve --set Safety:Classifier={manifest}");
                return ExitCodes.Ok;
            }
            catch (InstallationException e)
            {
                throw new CommandFailure(ExitCodes.Failed, $"{e.Message}.");
            }
        });
        return command;
    }
}
