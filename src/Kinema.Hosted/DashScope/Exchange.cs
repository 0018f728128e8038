using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Kinema.Hosted.DashScope.Wire;
using Kinema.Outbound;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Kinema.Hosted.DashScope;

/// <summary>
/// One request and its answer, through the guard. Answers that ask to come back later are repeated with growing, random waits where that is harmless; when the
/// provider is down, a circuit breaker spares it and us the tries.
/// </summary>
internal sealed class Exchange(DashScopeAccount account, IOutboundHandlers handlers, TimeProvider timeProvider) : IDisposable
{
    /// <summary>A page of the task list is some 40 KB.</summary>
    private const int MaxAnswerBytes = 4 << 20;

    /// <summary>What a time in whole seconds leaves out, on average.</summary>
    private static readonly TimeSpan _halfSecond = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan _break = TimeSpan.FromSeconds(15);

    private readonly Lazy<HttpClient> _http = new(() => handlers.CreateClientForOperator(MaxAnswerBytes));
    private readonly Lazy<(ResiliencePipeline Once, ResiliencePipeline Repeated)> _pipelines = new(() => Create(timeProvider));

    /// <summary>How far the provider's clock is ahead of ours, by its last answer; its resolution is a second.</summary>
    public TimeSpan ClockSkew { get; private set; }

    /// <summary>Sends one request, once, and reads the answer, which is the provider's.</summary>
    /// <exception cref="ProviderException">The provider said no.</exception>
    /// <exception cref="ProviderAwayException">No answer, or one that asks to come back later.</exception>
    public Task<JsonElement> SendOnceAsync(Func<HttpRequestMessage> create, TimeSpan timeout, CancellationToken ct) => SendAsync(_pipelines.Value.Once, create, timeout, ct);

    /// <summary>The same, repeated while the provider is away, some ten seconds.</summary>
    /// <exception cref="ProviderException">The provider said no.</exception>
    /// <exception cref="ProviderAwayException">No answer, or one that asks to come back later.</exception>
    public Task<JsonElement> SendAsync(Func<HttpRequestMessage> create, TimeSpan timeout, CancellationToken ct) => SendAsync(_pipelines.Value.Repeated, create, timeout, ct);

    /// <summary>Sends one request that carries no key and whose answer is only its status.</summary>
    public async Task<HttpStatusCode> SendPlainAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken ct)
    {
        using var response = await ReachAsync(request, timeout, ct);
        return response.StatusCode;
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private async Task<JsonElement> SendAsync(ResiliencePipeline pipeline, Func<HttpRequestMessage> create, TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await TryAsync(create, timeout, token), ct);
        }
        catch (BrokenCircuitException e)
        {
            throw new ProviderAwayException("The provider has failed several times in a row.", e) { MayHaveArrived = false, RetryAfter = _break };
        }
    }

    private async Task<JsonElement> TryAsync(Func<HttpRequestMessage> create, TimeSpan timeout, CancellationToken ct)
    {
        using var request = create();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Key);
        using var response = await ReachAsync(request, timeout, ct);
        if (response.Headers.Date is { } date)
            ClockSkew = date + _halfSecond - timeProvider.GetUtcNow();
        return AnswerReader.Read(response.StatusCode, response.Headers.RetryAfter?.Delta, await response.Content.ReadAsByteArrayAsync(ct));
    }

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await _http.Value.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ProviderAwayException($"The provider gave no answer within {timeout.TotalSeconds:0} s.", e) { MayHaveArrived = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ProviderAwayException(OutboundRefusal.Find(e) is null ? "The provider cannot be reached." : "The provider's address may not be connected to.", e) { MayHaveArrived = !NeverLeft(e) };
        }
    }

    private static bool NeverLeft(Exception failure) => OutboundRefusal.Find(failure) is not null
        || failure is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError };

    private static (ResiliencePipeline Once, ResiliencePipeline Repeated) Create(TimeProvider timeProvider)
    {
        // Too many requests are no sign that the provider is down.
        var once = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ProviderAwayException>(e => e.Error?.Status != (int)HttpStatusCode.TooManyRequests),
                FailureRatio = 0.8,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = _break,
            })
            .Build();
        var repeated = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ProviderAwayException>(),
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(10),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is ProviderAwayException { RetryAfter: { } wait } && wait < TimeSpan.FromSeconds(10) ? wait : (TimeSpan?)null),
            })
            .AddPipeline(once)
            .Build();
        return (once, repeated);
    }
}
