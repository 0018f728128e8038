namespace Kinema.Crash.Host;

/// <summary>Points of a run at which the test can kill the process.</summary>
public static class KillPoints
{
    /// <summary>The run is stored; the caller has no answer yet.</summary>
    public const string AfterInsert = "after-insert";

    /// <summary>The run is claimed; nothing has begun.</summary>
    public const string AfterClaim = "after-claim";

    /// <summary>Half of the frames are encoded.</summary>
    public const string MidFrame = "mid-frame";

    /// <summary>The video is stored; the ledger does not reference it yet.</summary>
    public const string AfterFileWrite = "after-file-write";

    /// <summary>Inside the transaction that ends the run.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>The run has ended; the worker does not know it yet.</summary>
    public const string AfterCommit = "after-commit";

    /// <summary>The receiver has answered; the outbox does not know it yet.</summary>
    public const string MidDelivery = "mid-delivery";

    public static IReadOnlyList<string> All { get; } = [AfterInsert, AfterClaim, MidFrame, AfterFileWrite, BeforeCommit, AfterCommit, MidDelivery];
}
