namespace Kinema.Server.Status;

/// <summary>Readiness check of one component.</summary>
internal interface IReadinessCheck
{
    /// <summary>Name in the response, for example <c>store</c>.</summary>
    string Name { get; }

    /// <summary>Returns the problem, or null if the component works.</summary>
    Task<string?> FindProblemAsync(CancellationToken ct);

    /// <summary>Describes a component that works.</summary>
    Task<string> DescribeAsync(CancellationToken ct) => Task.FromResult("ok");
}
