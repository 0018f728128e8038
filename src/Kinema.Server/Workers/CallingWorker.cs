using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kinema.Server.Workers;

/// <summary>The registered worker that calls; its key has been checked. Every use case takes the worker only from here.</summary>
internal sealed record CallingWorker(RemoteWorker Worker)
{
    public AttemptRef Attempt(Guid runId, long fence) => new(runId, fence, Worker.Id);

    /// <summary>What <see cref="FindWorker"/> has found.</summary>
    public static CallingWorker Of(HttpContext context) => context.Features.GetRequiredFeature<CallingWorker>();
}
