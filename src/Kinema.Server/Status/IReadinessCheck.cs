namespace Kinema.Server.Status;

/// <summary>One part the server cannot work without.</summary>
internal interface IReadinessCheck
{
    /// <summary>As callers see it, for example <c>store</c>.</summary>
    string Name { get; }

    /// <summary>Null when the part works, else what is wrong with it.</summary>
    Task<string?> FindProblemAsync(CancellationToken ct);
}
