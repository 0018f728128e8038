using Kinema.Engines;

namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/registrations</c></summary>
/// <param name="Name">For people, 1 to 128 characters.</param>
/// <param name="Version">Version of the worker's program.</param>
/// <param name="Capacity">Runs that it takes at once, 1 to 256.</param>
/// <param name="Engines">1 to 32 engines that the key names.</param>
/// <param name="WorkerId">The id from an earlier registration, after the connection was lost; else null.</param>
internal sealed record RegisterWorker(string Name, string Version, int Capacity, IReadOnlyList<EngineDescriptor> Engines, Guid? WorkerId = null);

/// <param name="WorkerId">Id for all further requests.</param>
/// <param name="LeaseSeconds">An attempt whose worker is silent for this long is lost.</param>
internal sealed record WorkerRegistered(Guid WorkerId, double LeaseSeconds);
