using Kinema.Engines;

namespace Kinema.Core.Workers;

/// <param name="Id">Id of the worker process.</param>
/// <param name="KeyId">The worker key that it registered with; another key must not speak for it.</param>
/// <param name="Name">Its name, as its settings have it.</param>
/// <param name="Draining">Whether it gets no more runs.</param>
/// <param name="Engines">Engines that it registered.</param>
public sealed record RemoteWorker(Guid Id, Guid KeyId, string Name, bool Draining, IReadOnlyList<EngineDescriptor> Engines);
