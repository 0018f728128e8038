namespace Kinema.Cli;

/// <summary>Ends a command with an exit code and a one-line message for the user.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
