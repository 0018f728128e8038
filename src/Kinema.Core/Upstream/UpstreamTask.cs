using Kinema.Core.Pricing;

namespace Kinema.Core.Upstream;

/// <summary>A submit to be.</summary>
/// <param name="Key">The run.</param>
/// <param name="Lane">Provider, account and model: submits of one lane go one at a time.</param>
/// <param name="Organization">Whose run it is.</param>
/// <param name="Held">What it costs at most.</param>
public sealed record NewUpstreamTask(string Key, string Lane, string Organization, Money Held);

/// <summary>Most that may be spent and held on one day (UTC); zero for no limit.</summary>
public sealed record SpendLimits(Money InAll, Money PerOrganization);

/// <summary>Spent and held on one day (UTC).</summary>
public sealed record UpstreamSpend(Money InAll, Money OfOrganization);

/// <summary>A run's task at a provider.</summary>
public sealed record UpstreamTask
{
    public required string Key { get; init; }

    public required string Organization { get; init; }

    public required UpstreamState State { get; init; }

    /// <summary>The provider's id; null while it is not known.</summary>
    public string? TaskId { get; init; }

    /// <summary>When the run first wanted to submit.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last submit was about to be sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When its answer came or was given up; null while it is under way.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
}

public enum UpstreamState
{
    /// <summary>Sent, without an answer yet.</summary>
    Submitting,

    /// <summary>The provider has it.</summary>
    Submitted,

    /// <summary>The answer was lost.</summary>
    Doubtful,

    /// <summary>The provider refused it.</summary>
    Rejected,

    /// <summary>It is over.</summary>
    Ended,
}

public enum UpstreamOutcome
{
    Succeeded,
    Failed,
    Canceled,

    /// <summary>The provider does not say any more.</summary>
    Unknown,
}
