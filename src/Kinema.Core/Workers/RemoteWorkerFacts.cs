namespace Kinema.Core.Workers;

/// <summary>What is known of a worker outside the server's process.</summary>
/// <param name="KeyId">The worker key that it registers with.</param>
/// <param name="Protocol">Version of the worker protocol that it speaks.</param>
/// <param name="Version">Version of its program.</param>
public sealed record RemoteWorkerFacts(Guid KeyId, int Protocol, string Version);
