namespace Kinema.Engines;

/// <summary>Whether an engine can serve a request, and if not, why.</summary>
/// <param name="Role">The role at fault, or null when it is not about a medium.</param>
/// <param name="Reason">One sentence for the caller, or null when the request can be served.</param>
public sealed record EngineSupport(MediaRole? Role, string? Reason)
{
    /// <summary>The request can be served.</summary>
    public static EngineSupport Supported { get; } = new(null, null);

    /// <summary>True when the request can be served.</summary>
    public bool IsSupported => Reason is null;

    /// <summary>Judges by the published descriptor alone: roles, resolution and duration.</summary>
    public static EngineSupport FromDescriptor(EngineDescriptor engine, VideoRequest request)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(request);
        foreach (var role in request.Roles)
        {
            if (!engine.MediaRoles.Contains(role))
                return new(role, "not served by the engine bound here");
        }

        if (!engine.Resolutions.Contains(request.Resolution))
            return new(null, $"resolution is not served by the engine '{engine.Id}'");

        return request.DurationSeconds < engine.MinDurationSeconds || request.DurationSeconds > engine.MaxDurationSeconds
            ? new(null, $"duration must be from {engine.MinDurationSeconds} to {engine.MaxDurationSeconds} seconds for the engine '{engine.Id}'")
            : Supported;
    }
}
