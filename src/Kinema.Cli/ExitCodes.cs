namespace Kinema.Cli;

/// <summary>Exit codes of the process; <c>kinema --help</c> prints them, and they are stable for scripts.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The operation failed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a setting or an input is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A named resource does not exist, or the server cannot be reached.</summary>
    public const int NotFound = 3;

    /// <summary>The run ended as failed.</summary>
    public const int RunFailed = 4;

    /// <summary>The run was canceled.</summary>
    public const int RunCanceled = 5;

    /// <summary>Ended by a signal (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "done"),
        (Failed, "the operation failed; the message says why"),
        (Usage, "the command line, a setting or an input is wrong"),
        (NotFound, "what was named does not exist, or the server cannot be reached"),
        (RunFailed, "the run failed"),
        (RunCanceled, "the run was canceled"),
        (Interrupted, "interrupted"),
    ];
}
