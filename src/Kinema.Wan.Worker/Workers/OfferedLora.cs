using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Worker.Options;

namespace Kinema.Wan.Worker.Workers;

/// <summary>Reads <c>NAME=FILE[:STRENGTH]</c>.</summary>
internal static class OfferedLora
{
    private const int MaxName = 64;

    /// <exception cref="CommandFailure">There is no name or no such file, or the strength is no number.</exception>
    public static (string Name, LoraFile File) Parse(string text, Terminal terminal)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals is < 1 or > MaxName
            ? throw new CommandFailure(ExitCodes.Usage, $"--offer-lora must be NAME=FILE or NAME=FILE:STRENGTH, the name of 1 to {MaxName} characters; got '{text}'.")
            : (text[..equals], LoraArgument.Parse(text[(equals + 1)..], terminal));
    }
}
