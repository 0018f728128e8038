namespace Kinema.Engines;

/// <summary>Result of checking whether an engine supports a request.</summary>
/// <param name="Role">Unsupported media role, or null if the reason is not a medium.</param>
/// <param name="Reason">One sentence for the caller, or null if the engine supports the request.</param>
public sealed record EngineSupport(MediaRole? Role, string? Reason)
{
    /// <summary>The engine supports the request.</summary>
    public static EngineSupport Supported { get; } = new(null, null);

    /// <summary>Whether the engine supports the request.</summary>
    public bool IsSupported => Reason is null;

    /// <summary>Checks roles, resolution and duration against the published descriptor.</summary>
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
