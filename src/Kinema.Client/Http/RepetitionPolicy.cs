using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Kinema.Client;

/// <summary>Repeats what may be repeated: with growing pauses from 0.5 s, or after the time that the server names.</summary>
internal static class RepetitionPolicy
{
    public static void AddTo(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider services)
    {
        pipeline.TimeProvider = services.GetService<TimeProvider>();
        var options = services.GetRequiredService<IOptions<KinemaClientOptions>>().Value;
        if (options.MaxRetries == 0)
            return;

        pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = options.MaxRetries,
            Delay = TimeSpan.FromSeconds(0.5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(
                args.Context.GetRequestMessage() is { } request && request.Has(RequestMarks.Repeatable)
                && WasNotAnswered(args.Outcome, request) && IsSoon(args.Outcome.Result?.Headers.RetryAfter, options.Timeout)),
            OnRetry = args =>
            {
                args.Context.GetRequestMessage()?.Options.Set(RequestMarks.Repeated, true);
                return ValueTask.CompletedTask;
            },
        });
    }

    // 409 with Retry-After: the first sending of this key is still being answered.
    private static bool WasNotAnswered(Outcome<HttpResponseMessage> outcome, HttpRequestMessage request) =>
        HttpClientResiliencePredicates.IsTransient(outcome)
        || outcome.Result is { StatusCode: HttpStatusCode.Conflict, Headers.RetryAfter: not null } && request.Headers.Contains(ApiConnection.IdempotencyHeader);

    // A pause that the call does not live to see: the server's error tells more than the timeout would.
    private static bool IsSoon(RetryConditionHeaderValue? retryAfter, TimeSpan timeout) =>
        retryAfter?.Delta is not { } pause || pause < timeout || timeout == Timeout.InfiniteTimeSpan;
}
