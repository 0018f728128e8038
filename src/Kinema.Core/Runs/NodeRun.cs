using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>One phase of an attempt, as the contract's node runs show it.</summary>
public sealed record NodeRun
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="NodeRunPhases"/>.</summary>
    public required string Phase { get; init; }

    /// <summary><c>running, succeeded, failed, canceled</c>.</summary>
    public required string State { get; init; }

    /// <summary>Attempts before this one.</summary>
    public required int RetryCount { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Time of the phase itself. Inference and encoding go on together, so theirs are shorter than from start to end.</summary>
    public long? DurationMs { get; init; }

    public Money? Cost { get; init; }
    public string? ErrorMessage { get; init; }
}

/// <summary>The phases of an attempt, in their order.</summary>
public static class NodeRunPhases
{
    /// <summary>Fetching and checking the inputs.</summary>
    public const string Preprocess = "preprocess";

    /// <summary>The engine.</summary>
    public const string Inference = "inference";

    /// <summary>The encoder; known only of an attempt that succeeded.</summary>
    public const string Encode = "encode";

    /// <summary>Storing the files; known only of an attempt that succeeded.</summary>
    public const string Upload = "upload";
}
