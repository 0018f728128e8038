using System.CommandLine;
using Kinema.Cli.Output;

namespace Kinema.Cli.Demo;

/// <summary><c>kinema demo</c>, started by the script in the repository root: command line of <see cref="DemoWorkflow"/>.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Option<string>("--data") { HelpName = "DIR", DefaultValueFactory = _ => Path.Combine(".kinema", "demo") };
        var sample = new Option<string>("--sample") { HelpName = "FILE", DefaultValueFactory = _ => Path.Combine("samples", "media", "raccoon-1024x768.jpg") };
        var output = new Option<string>("--output") { HelpName = "DIR", DefaultValueFactory = _ => "demo-output" };
        var duration = new Option<int>("--duration") { HelpName = "SECONDS", DefaultValueFactory = _ => 5 };
        var serve = new Option<bool>("--serve") { Description = "Stay up afterwards and print URL and key." };
        var command = new Command("demo", "From a photograph to a called-back video, on this machine alone.") { data, sample, output, duration, serve };
        command.Hidden = true;
        command.SetAction((parsed, ct) => new DemoWorkflow(terminal).RunAsync(
            new(
                terminal.Resolve(parsed.GetRequiredValue(data)),
                terminal.Resolve(parsed.GetRequiredValue(sample)),
                terminal.Resolve(parsed.GetRequiredValue(output)),
                parsed.GetRequiredValue(duration),
                parsed.GetValue(serve)),
            ct));
        return command;
    }
}
