using Spectre.Console;

namespace Kinema.Cli.Output;

/// <summary>Creates Spectre consoles.</summary>
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

        // Redirected output has no width; do not wrap tables and lines.
        if (!terminal)
            console.Profile.Width = 400;
        return console;
    }
}
