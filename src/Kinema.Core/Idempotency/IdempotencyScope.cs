namespace Kinema.Core.Idempotency;

/// <summary>What a caller's key names one request of: an organisation's requests to one route.</summary>
/// <param name="OrgId">The caller's organisation.</param>
/// <param name="Route">The path, for example <c>/v1/asset-uploads</c>.</param>
/// <param name="Key">The value of <c>Idempotency-Key</c>.</param>
public sealed record IdempotencyScope(Guid OrgId, string Route, string Key);
