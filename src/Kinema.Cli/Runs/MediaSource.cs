using Kinema.Cli.Output;

namespace Kinema.Cli.Runs;

/// <summary>A media argument: a URL goes to the server unchanged, a file is uploaded first.</summary>
internal static class MediaSource
{
    private static readonly string[] _schemes = ["http://", "https://", "data:", "runflow://"];

    public static bool IsFile(string text) => !_schemes.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Checks that a file exists before starting anything.</summary>
    /// <param name="argument">Argument for the message, for example <c>--video</c>.</param>
    public static void Check(string? text, string argument, Terminal terminal)
    {
        if (text is not null && IsFile(text) && !File.Exists(terminal.Resolve(text)))
            throw new CommandFailure(ExitCodes.Usage, $"there is no file {text}; {argument} is a file or an http(s) URL.");
    }
}
