using System.Net;
using System.Text.Json;

namespace Kinema.Hosted.DashScope.Wire;

/// <summary>Tells answers of the provider from errors, also from those inside a 200, and both from what is no answer.</summary>
internal static class AnswerReader
{
    /// <returns>The answer; it has no error.</returns>
    public static JsonElement Read(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body)
    {
        var answer = Parse(body);
        var isSuccess = (int)status is >= 200 and < 300;
        if (answer is { } good && isSuccess && (good.Member("output") ?? good.Member("data")) is not null)
            return good;

        // The provider's own words: it has decided, so nothing else has become of the request.
        if (answer?.Text("code") is { } code)
        {
            var error = new ProviderError(code, answer.Value.Text("message") ?? "", (int)status);
            throw Failures.IsTransient(error) ? Away(error, retryAfter, mayHaveArrived: false) : new ProviderException(error);
        }

        if (status == HttpStatusCode.TooManyRequests)
            throw Away(new ProviderError("Throttling", "", (int)status), retryAfter, mayHaveArrived: false);
        if (isSuccess && answer is { ValueKind: JsonValueKind.Object } bare && bare.Text("request_id") is not null)
            return bare;
        if ((int)status is >= 400 and < 500 && status != HttpStatusCode.RequestTimeout)
            throw new ProviderException(new("", $"It answers {(int)status}.", (int)status));
        throw Away(new ProviderError("", $"It answers {(int)status}{(answer is null ? ", which is no JSON" : "")}.", (int)status), retryAfter, mayHaveArrived: true);
    }

    private static ProviderAwayException Away(ProviderError error, TimeSpan? retryAfter, bool mayHaveArrived) =>
        new($"The provider answers {error.Status} {error.Code}".TrimEnd()) { MayHaveArrived = mayHaveArrived, Error = error, RetryAfter = retryAfter };

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
