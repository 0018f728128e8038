namespace Kinema.Cli;

/// <summary>Ends a command with one line for the person who typed it: what was wrong and what to do.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
