using Kinema.Cli.Output;

namespace Kinema.Cli.Runs;

/// <summary>A picture, clip or sound as it was typed: a URL goes to the server as it is, a file is uploaded first.</summary>
internal static class MediaSource
{
    private static readonly string[] _schemes = ["http://", "https://", "data:", "runflow://"];

    public static bool IsFile(string text) => !_schemes.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says before anything is started that a file cannot be used.</summary>
    /// <param name="argument">Where it was typed, for example <c>--video</c>.</param>
    public static void Check(string? text, string argument, Terminal terminal)
    {
        if (text is not null && IsFile(text) && !File.Exists(terminal.Resolve(text)))
            throw new CommandFailure(ExitCodes.Usage, $"there is no file {text}; {argument} is a file or an http(s) URL.");
    }
}
