using System.Globalization;
using Kinema.Server.Auth;
using Kinema.Server.Connections;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.RateLimits;

/// <summary>
/// Refuses requests beyond the rate of their organisation and tells every answer how much is left. Probes, signed files and workers do not count: the first must tell
/// a busy server from a dead one, the second are asked for by browsers that know nothing of rates, the third are the operator's own.
/// </summary>
internal sealed class RequestRateMiddleware(RequestDelegate next, RequestRates rates, TimeProvider timeProvider)
{
    public const string LimitHeader = "X-RateLimit-Limit";
    public const string RemainingHeader = "X-RateLimit-Remaining";
    public const string ResetHeader = "X-RateLimit-Reset";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is { } metadata && (metadata.GetMetadata<ServedWhenBusy>() is not null || metadata.GetMetadata<WithoutRate>() is not null))
            return next(context);
        if (context.Features.Get<WorkerCaller>() is not null)
            return next(context);

        var verdict = context.Features.Get<Caller>() is { } caller ? rates.Take(caller.OrgId) : rates.Take(context.Connection.RemoteIpAddress);
        if (verdict is null)
            return next(context);

        // Set when the response starts, so that clearing the response for an error keeps them.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers[LimitHeader] = Text(verdict.Limit);
            headers[RemainingHeader] = Text(verdict.Left);
            headers[ResetHeader] = Text((long)Math.Ceiling((timeProvider.GetUtcNow() + verdict.FullAfter - DateTimeOffset.UnixEpoch).TotalSeconds));
            return Task.CompletedTask;
        });
        return verdict.IsAllowed
            ? next(context)
            : ApiErrors.RateLimited($"Rate limit exceeded: {verdict.Limit} requests a minute; Retry-After says when the next may come.", verdict.RetryAfter).ExecuteAsync(context);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Marks routes whose requests do not count.</summary>
internal sealed class WithoutRate;
