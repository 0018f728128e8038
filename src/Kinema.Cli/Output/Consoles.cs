using Spectre.Console;

namespace Kinema.Cli.Output;

/// <summary>Makes a Spectre console on a writer.</summary>
internal static class Consoles
{
    public static IAnsiConsole Create(TextWriter writer, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });

        // Redirected output has no width; a table or a line must not be folded for a file.
        if (!terminal)
            console.Profile.Width = 400;
        return console;
    }
}
