using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Reads answers, and turns those that are errors (or no JSON at all) into exceptions that say so.</summary>
internal static class ErrorAnswer
{
    public static async Task ThrowIfErrorAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
            return;

        var envelope = await ReadEnvelopeAsync(response, ct);
        throw new KinemaException(
            response.StatusCode,
            envelope?.Code ?? $"HTTP_{(int)response.StatusCode}",
            envelope?.Message ?? $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(),
            envelope?.Errors ?? [],
            RequestId(response));
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(body, type, ct) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            var where = response.RequestMessage?.RequestUri;
            throw new KinemaException(response.StatusCode, "UNEXPECTED_ANSWER", $"{where} did not answer as this contract says: {e.Message}", [], RequestId(response));
        }
    }

    private static async Task<ErrorEnvelope?> ReadEnvelopeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(body, Wire.Default.ErrorEnvelope, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Runflow-Request-Id", out var values) ? values.FirstOrDefault() : null;
}
