using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Speaks the Runflow contract to the server that the <see cref="HttpClient"/>'s base address names.</summary>
/// <remarks>
/// Every call throws <see cref="KinemaException"/> where the server answered with an error and <see cref="HttpRequestException"/> where it did not answer.
/// Nothing is tried again behind the caller's back; only <see cref="WaitAsync"/> and <see cref="WatchAsync"/> reconnect, because reading is free.
/// </remarks>
/// <param name="http">With <see cref="HttpClient.BaseAddress"/> set; the caller owns it.</param>
/// <param name="key">Sent to that server and to nobody else; null where the calls need none.</param>
/// <param name="clock">The time that waits are measured by; the system's where none is given.</param>
public sealed partial class KinemaClient(HttpClient http, string? key = null, TimeProvider? clock = null)
{
    private const string SourceHeader = "Kinema-Source";

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>What the record's <c>source_code</c> says of runs created here, for example <c>cli</c>; null for <c>api</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Creates a run of a model.</summary>
    /// <param name="model">The model's path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</param>
    /// <param name="run">Input and what travels with it.</param>
    /// <param name="ct">Ends the call, not the run.</param>
    public Task<Run> CreateRunAsync(string model, NewRun run, CancellationToken ct = default)
    {
        var request = WithKey(HttpMethod.Post, $"v1/models/{EscapePath(model)}/runs");
        if (Source is not null)
            request.Headers.Add(SourceHeader, Source);
        return SendAsync(request, JsonContent.Create(run, Wire.Default.NewRun), Wire.Default.Run, ct);
    }

    /// <summary>The run as it stands, its URLs signed afresh.</summary>
    public Task<Run> GetRunAsync(Guid id, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, $"v1/runs/{id}", null, Wire.Default.Run, ct);

    /// <summary>One page of runs, newest first.</summary>
    /// <param name="limit">1 to 500; the server's default where null.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="filter">The list's <c>q</c>, for example <c>client_ref.EQ:'order-7'</c>.</param>
    /// <param name="ct">Ends the call.</param>
    public Task<Page<Run>> ListRunsAsync(int? limit = null, string? cursor = null, string? filter = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, "v1/runs" + Query(("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("pq", cursor), ("q", filter)), null, Wire.Default.PageRun, ct);

    /// <summary>Asks for an end. A run that has already ended is returned unchanged.</summary>
    /// <param name="id">The run.</param>
    /// <param name="reason">Kept in the record; 3 to 500 characters, or null.</param>
    /// <param name="ct">Ends the call.</param>
    public Task<Run> CancelRunAsync(Guid id, string? reason = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Post, $"v1/runs/{id}/cancellation", JsonContent.Create(new CancelBody(reason), Wire.Default.CancelBody), Wire.Default.Run, ct);

    /// <summary>The deliveries of a run's callback, newest first, each with its attempts.</summary>
    public Task<IReadOnlyList<CallbackDelivery>> GetCallbackAsync(Guid runId, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, $"v1/runs/{runId}/callback", null, Wire.Default.IReadOnlyListCallbackDelivery, ct);

    /// <summary>Sends a finished run's callback again.</summary>
    public Task<CallbackDelivery> RedeliverCallbackAsync(Guid runId, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Post, $"v1/runs/{runId}/callback-redeliveries", null, Wire.Default.CallbackDelivery, ct);

    /// <summary>The models served there.</summary>
    public Task<Page<Model>> ListModelsAsync(CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, "v1/models?limit=500", null, Wire.Default.PageModel, ct);

    /// <summary>One model with its fields, limits and defaults.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="ct">Ends the call.</param>
    public Task<Model> GetModelAsync(string model, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, $"v1/models/{EscapePath(model)}", null, Wire.Default.Model, ct);

    /// <summary>Makes a secret that signs callbacks from now on. <see cref="CallbackSecret.PlainSecret"/> is shown this once.</summary>
    public Task<CallbackSecret> CreateSecretAsync(string? label = null, CancellationToken ct = default) =>
        SendAsync(HttpMethod.Post, "v1/callback-secrets", JsonContent.Create(new SecretBody(label), Wire.Default.SecretBody), Wire.Default.CallbackSecret, ct);

    /// <summary>The organisation's secrets, without their texts.</summary>
    public Task<Page<CallbackSecret>> ListSecretsAsync(CancellationToken ct = default) =>
        SendAsync(HttpMethod.Get, "v1/callback-secrets", null, Wire.Default.PageCallbackSecret, ct);

    /// <summary>Deletes a secret; it signs nothing from then on.</summary>
    public async Task DeleteSecretAsync(Guid id, CancellationToken ct = default)
    {
        using var request = WithKey(HttpMethod.Delete, $"v1/callback-secrets/{id}");
        using var response = await http.SendAsync(request, ct);
        await ErrorAnswer.ThrowIfErrorAsync(response, ct);
    }

    private Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken ct) =>
        SendAsync(WithKey(method, path), body, type, ct);

    private async Task<T> SendAsync<T>(HttpRequestMessage message, HttpContent? body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var request = message;
        request.Content = body;
        request.Headers.Accept.Add(new("application/json"));
        using var response = await http.SendAsync(request, ct);
        await ErrorAnswer.ThrowIfErrorAsync(response, ct);
        return await ErrorAnswer.ReadAsync(response, type, ct);
    }

    private HttpRequestMessage WithKey(HttpMethod method, string path)
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
            ? throw new ArgumentException($"'{model}' is not a model's path: it has an empty or relative segment.", nameof(model))
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> values)
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
