using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>The authenticated worker key. A use case of the worker protocol takes from here which engines and whose workers it may touch.</summary>
internal sealed record WorkerCaller(WorkerKey Key)
{
    public static ValueTask<WorkerCaller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<WorkerCaller>());
}
