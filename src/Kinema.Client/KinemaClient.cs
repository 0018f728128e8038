using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Client for a server that implements the Runflow contract, at the base address of an <see cref="HttpClient"/>.</summary>
/// <remarks>
/// Every call throws <see cref="KinemaException"/> for an error response and <see cref="HttpRequestException"/> if there is no response.
/// The client does not retry requests. Only <see cref="WaitAsync"/> and <see cref="WatchAsync"/> reconnect, because reading has no side effects.
/// </remarks>
/// <param name="http">HTTP client with <see cref="HttpClient.BaseAddress"/> set; the caller owns it.</param>
/// <param name="key">API key, sent only to that server; null for calls that need none.</param>
/// <param name="timeProvider">Clock for delays; the system clock by default.</param>
public sealed partial class KinemaClient(HttpClient http, string? key = null, TimeProvider? timeProvider = null)
{
    private const string SourceHeader = "Kinema-Source";

    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <summary><c>source_code</c> of runs created by this client, for example <c>cli</c>; null for <c>api</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Creates a run of a model.</summary>
    /// <param name="model">Model path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</param>
    /// <param name="run">Model input and run options.</param>
    /// <param name="cancellationToken">Cancels the call; a created run continues.</param>
    public Task<Run> CreateRunAsync(string model, CreateRunRequest run, CancellationToken cancellationToken = default)
    {
        var request = CreateRequest(HttpMethod.Post, $"v1/models/{EscapePath(model)}/runs");
        if (Source is not null)
            request.Headers.Add(SourceHeader, Source);
        return SendAsync(request, JsonContent.Create(run, Wire.Default.CreateRunRequest), Wire.Default.Run, cancellationToken);
    }

    /// <summary>Gets the run record with newly signed URLs.</summary>
    public Task<Run> GetRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"v1/runs/{id}", null, Wire.Default.Run, cancellationToken);

    /// <summary>Requests cancellation of a run. A run that has already ended is returned unchanged.</summary>
    /// <param name="id">Run id.</param>
    /// <param name="reason">Reason stored in the record; 3 to 500 characters, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Run> CancelRunAsync(Guid id, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post, $"v1/runs/{id}/cancellation", JsonContent.Create(new CancelBody(reason), Wire.Default.CancelBody), Wire.Default.Run, cancellationToken);

    /// <summary>Lists the callback deliveries of a run, newest first, each with its attempts.</summary>
    public Task<IReadOnlyList<CallbackDelivery>> GetCallbackAsync(Guid runId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"v1/runs/{runId}/callback", null, Wire.Default.IReadOnlyListCallbackDelivery, cancellationToken);

    /// <summary>Redelivers the callback of a finished run.</summary>
    public Task<CallbackDelivery> RedeliverCallbackAsync(Guid runId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"v1/runs/{runId}/callback-redeliveries", null, Wire.Default.CallbackDelivery, cancellationToken);

    /// <summary>Gets a model with its fields, limits and defaults.</summary>
    /// <param name="model">Model path.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Model> GetModelAsync(string model, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"v1/models/{EscapePath(model)}", null, Wire.Default.Model, cancellationToken);

    /// <summary>Creates a callback signing secret. Only this response contains <see cref="CallbackSecret.PlainSecret"/>.</summary>
    public Task<CallbackSecret> CreateSecretAsync(string? label = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post,
            "v1/callback-secrets",
            JsonContent.Create(new SecretBody(label), Wire.Default.SecretBody),
            Wire.Default.CallbackSecret,
            cancellationToken);

    /// <summary>Lists the organisation's secrets without their plain text.</summary>
    public Task<Page<CallbackSecret>> ListSecretsAsync(CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, "v1/callback-secrets", null, Wire.Default.PageCallbackSecret, cancellationToken);

    /// <summary>Deletes a secret; it stops signing callbacks.</summary>
    public Task DeleteSecretAsync(Guid id, CancellationToken cancellationToken = default) => DeleteAsync($"v1/callback-secrets/{id}", cancellationToken);

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Delete, path);
        using var response = await http.SendAsync(request, cancellationToken);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken);
    }

    private Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(CreateRequest(method, path), body, type, cancellationToken);

    private async Task<T> SendAsync<T>(HttpRequestMessage message, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = message;
        request.Content = body;
        request.Headers.Accept.Add(new("application/json"));
        using var response = await http.SendAsync(request, cancellationToken);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken);
        return await ErrorResponse.ReadAsync(response, type, cancellationToken);
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static string EscapePath(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var segments = model.Split('/');
        return segments.Any(s => s is "" or "." or "..")
            ? throw new ArgumentException($"'{model}' is not a model path: it has an empty or relative segment.", nameof(model))
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }

    private static string BuildQuery(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
