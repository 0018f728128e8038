using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Reads responses. Error responses and responses that are not JSON become exceptions.</summary>
internal static class ErrorResponse
{
    public static async Task ThrowIfErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;

        var envelope = await ReadEnvelopeAsync(response, cancellationToken).ConfigureAwait(false);
        throw new KinemaException(
            response.StatusCode,
            envelope?.Code ?? $"HTTP_{(int)response.StatusCode}",
            envelope?.Message ?? $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(),
            envelope?.Errors ?? [],
            RequestId(response))
        {
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            // Without the query, which may be a signature.
            var where = response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path);
            throw new KinemaException(response.StatusCode, "UNEXPECTED_ANSWER", $"{where} did not answer as this contract says: {e.Message}", [], RequestId(response));
        }
    }

    private static async Task<ErrorEnvelope?> ReadEnvelopeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, Wire.Default.ErrorEnvelope, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Runflow-Request-Id", out var values) ? values.FirstOrDefault() : null;
}
