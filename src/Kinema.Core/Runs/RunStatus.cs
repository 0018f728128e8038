namespace Kinema.Core.Runs;

/// <summary>State of a run. Terminal states are final.</summary>
public enum RunStatus
{
    /// <summary>Stored, waiting for a worker.</summary>
    Queued,

    /// <summary>Claimed; its inputs are being fetched and checked.</summary>
    Dispatching,

    /// <summary>The engine has started.</summary>
    Running,

    Succeeded,
    Failed,
    Canceled,
}

public static class RunStatusCodes
{
    public static bool IsTerminal(this RunStatus status) => status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Canceled;

    /// <summary>The literal of the run record: <c>queued, dispatching, running, succeeded, failed, canceled</c>.</summary>
    public static string ToCode(this RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Dispatching => "dispatching",
        RunStatus.Running => "running",
        RunStatus.Succeeded => "succeeded",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <exception cref="FormatException">Not a status of a run.</exception>
    public static RunStatus Parse(string code) =>
        TryParse(code, out var status) ? status : throw new FormatException($"'{code}' is not a status of a run.");

    public static bool TryParse(string code, out RunStatus status)
    {
        foreach (var candidate in Enum.GetValues<RunStatus>())
        {
            if (candidate.ToCode() == code)
            {
                status = candidate;
                return true;
            }
        }

        status = default;
        return false;
    }
}
