using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Result of choosing an engine.</summary>
public abstract record EngineChoice
{
    private EngineChoice()
    {
    }

    public sealed record Bound(string EngineId) : EngineChoice;

    /// <summary>The bound engines do not support the request.</summary>
    public sealed record NotServed(EngineSupport Support) : EngineChoice;

    /// <summary>No bound engine is available.</summary>
    public sealed record Unavailable(string Reason) : EngineChoice;
}
