using Kinema.Core.Catalog;
using Kinema.Core.Workers;
using Kinema.Engines;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/registrations</c></summary>
internal static class RegisterWorkerEndpoint
{
    private const int MaxName = 128;
    private const int MaxVersion = 64;
    private const int MaxCapacity = 256;
    private const int MaxEngines = 32;
    private const int MaxSeconds = 3600;
    private const int MaxListed = 64;

    public static async Task<IResult> HandleAsync(HttpRequest request, WorkerCaller caller, RegisterForWorker register, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.RegisterWorker, ct);
        if ((refusal ?? Refuse(message!, caller)) is { } refused)
            return refused;

        var registered = await register.HandleAsync(caller.Key, CheckProtocol.Read(request.HttpContext), message!, ct);
        return WorkerMessage.Answer(registered, WorkerProtocolJson.Default.WorkerRegistered);
    }

    private static ApiError? Refuse(RegisterWorker worker, WorkerCaller caller)
    {
        if (worker.Name.Length is < 1 or > MaxName)
            return WorkerErrors.Invalid("name", $"must have 1 to {MaxName} characters; got {worker.Name.Length}");
        if (worker.Version.Length is < 1 or > MaxVersion)
            return WorkerErrors.Invalid("version", $"must have 1 to {MaxVersion} characters; got {worker.Version.Length}");
        if (worker.Capacity is < 1 or > MaxCapacity)
            return WorkerErrors.Invalid("capacity", $"must be 1 to {MaxCapacity}; got {worker.Capacity}");
        if (worker.Engines.Count is < 1 or > MaxEngines)
            return WorkerErrors.Invalid("engines", $"must be 1 to {MaxEngines} engines; got {worker.Engines.Count}");

        foreach (var engine in worker.Engines)
        {
            if (!EngineId.IsValid(engine.Id))
                return WorkerErrors.Invalid("engines", $"has the id \"{ReceivedValue.Shorten(engine.Id)}\", which {EngineId.Rule}");
            if (!caller.Key.EngineIds.Contains(engine.Id))
                return ApiErrors.PermissionDenied($"The worker key does not name the engine '{engine.Id}'; it names {string.Join(", ", caller.Key.EngineIds)}.");
            if (FindProblem(engine) is { } problem)
                return WorkerErrors.Invalid("engines", $"describes '{engine.Id}' wrongly: {problem}");
        }

        return null;
    }

    private static string? FindProblem(EngineDescriptor engine) =>
        engine.Version.Length is < 1 or > MaxVersion ? $"version must have 1 to {MaxVersion} characters"
        : engine.DisplayName.Length is < 1 or > MaxName ? $"display_name must have 1 to {MaxName} characters"
        : engine.PromptGuide?.Length > MaxVersion ? $"prompt_guide must have at most {MaxVersion} characters"
        : engine.MediaRoles.Count > MaxListed || engine.Resolutions.Count is < 1 or > MaxListed ? $"media_roles and resolutions must have at most {MaxListed} entries, and a resolution"
        : engine.MinDurationSeconds < 1 || engine.MaxDurationSeconds < engine.MinDurationSeconds || engine.MaxDurationSeconds > MaxSeconds ? $"durations must rise from 1 to {MaxSeconds} seconds"
        : null;
}
