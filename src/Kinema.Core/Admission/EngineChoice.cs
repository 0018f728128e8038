using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Which engine gets a request.</summary>
public abstract record EngineChoice
{
    private EngineChoice()
    {
    }

    public sealed record Bound(string EngineId) : EngineChoice;

    /// <summary>The engines bound here cannot do what was asked.</summary>
    public sealed record NotServed(EngineSupport Verdict) : EngineChoice;

    /// <summary>No engine is there to ask.</summary>
    public sealed record Unavailable(string Reason) : EngineChoice;
}
