using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Kinema.Worker.Http;

/// <summary>
/// The server's end of the worker protocol. A request that found no server, or one that was too busy, is repeated with growing and random waits until the
/// caller's time is over: every request may be repeated.
/// </summary>
internal sealed partial class WorkerServer
{
    private static readonly TimeSpan _connectAndAnswer = TimeSpan.FromSeconds(8);

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _retrying;

    public WorkerServer(HttpClient http, TimeProvider timeProvider, ILogger<WorkerServer> log)
    {
        _http = http;
        _retrying = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(5),
                UseJitter = true,
                OnRetry = retry =>
                {
                    // Once: what follows is the same.
                    if (retry.AttemptNumber == 0)
                        LogAway(log, http.BaseAddress!.Authority, retry.Outcome.Exception?.Message ?? $"it answers {(int?)retry.Outcome.Result?.StatusCode}");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Id from the registration.</summary>
    public Guid? WorkerId { get; set; }

    /// <summary>Sends a message and reads the answer.</summary>
    /// <param name="path">Below the protocol's root.</param>
    /// <param name="message">The message.</param>
    /// <param name="messageType">Its type.</param>
    /// <param name="answerType">Type of the answer.</param>
    /// <param name="wait">How long the server may take beyond the usual.</param>
    /// <param name="retry">Whether to repeat it while the server is away, until <paramref name="ct"/> is cancelled.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="WorkerRequestException">The server refused it, or it is away and <paramref name="retry"/> is false.</exception>
    public async Task<TAnswer> SendAsync<TMessage, TAnswer>(
        string path, TMessage message, JsonTypeInfo<TMessage> messageType, JsonTypeInfo<TAnswer> answerType, TimeSpan wait, bool retry, CancellationToken ct)
    {
        using var response = await SendAsync(
            () => new(HttpMethod.Post, WorkerProtocol.Root + path) { Content = JsonContent.Create(message, messageType) },
            HttpCompletionOption.ResponseContentRead,
            _connectAndAnswer + wait,
            retry,
            ct);
        try
        {
            return (await response.Content.ReadFromJsonAsync(answerType, ct))!;
        }
        catch (JsonException e)
        {
            throw new WorkerRequestException(response.StatusCode, null, $"The server's answer to {path} is not understood: {e.Message}");
        }
    }

    /// <summary>Sends one request; the answer is a success.</summary>
    /// <param name="create">Makes the request, anew for each try.</param>
    /// <param name="completion">When to return.</param>
    /// <param name="timeout">Limit of one try; null for none.</param>
    /// <param name="retry">Whether to repeat it while the server is away.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> create, HttpCompletionOption completion, TimeSpan? timeout, bool retry, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = retry
                ? await _retrying.ExecuteAsync(async token => await SendOnceAsync(create, completion, timeout, token), ct)
                : await SendOnceAsync(create, completion, timeout, ct);
        }
        catch (HttpRequestException e)
        {
            throw new WorkerRequestException(null, null, $"The server {_http.BaseAddress!.Authority} does not answer: {e.Message}", e);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await RefusedAsync(response, ct);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> create, HttpCompletionOption completion, TimeSpan? timeout, CancellationToken ct)
    {
        using var request = create();
        request.Headers.Add(WorkerProtocol.VersionHeader, WorkerProtocol.Version.ToString(CultureInfo.InvariantCulture));
        if (WorkerId is { } id)
            request.Headers.Add(WorkerProtocol.WorkerHeader, id.ToString());

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (timeout is { } time)
            limit.CancelAfter(time);
        try
        {
            return await _http.SendAsync(request, completion, limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            // As the retry knows it.
            throw new HttpRequestException($"no answer within {timeout!.Value.TotalSeconds:0} seconds", e);
        }
    }

    [LoggerMessage(4310, LogLevel.Warning, "The server {Server} is away: {Problem}. It is asked again until it answers.")]
    private static partial void LogAway(ILogger logger, string server, string problem);

    private static async Task<WorkerRequestException> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        string? code = null, message = null;
        try
        {
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
            code = body.RootElement.GetProperty("code").GetString();
            message = body.RootElement.GetProperty("message").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not our server's error: a proxy's page, for example.
        }

        return new(response.StatusCode, code, $"The server answered {(int)response.StatusCode}{(code is null ? "" : $" {code}")}{(message is null ? "" : $": {message}")}");
    }
}

/// <summary>A request of the worker protocol was refused, or the server did not answer.</summary>
/// <param name="status">Null if there was no answer.</param>
/// <param name="code">The code of the error body, if it had one.</param>
/// <param name="message">What happened.</param>
/// <param name="innerException">The cause.</param>
internal sealed class WorkerRequestException(HttpStatusCode? status, string? code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public HttpStatusCode? Status => status;

    public string? Code => code;

    /// <summary>Whether this worker may not go on: its key has ended, or the server speaks no version of its protocol.</summary>
    public bool IsFinal => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.UpgradeRequired;

    /// <summary>Whether the attempt is not, or no longer, this worker's.</summary>
    public bool IsNotHeld => status is HttpStatusCode.Gone;
}
