namespace Kinema.Server.Auth;

/// <summary>Marks routes of the worker protocol: they take a worker key and no other.</summary>
internal sealed class WorkerRoute;
