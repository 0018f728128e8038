using System.Net.Http.Headers;
using Kinema.Outbound;
using Microsoft.Extensions.Options;

namespace Kinema.Telemetry;

/// <summary>Asks whether the collector is there, for <c>kinema doctor</c>: sends it traces without spans.</summary>
public sealed class CollectorProbe(IOptions<TelemetryOptions> options, IOutboundHandlers handlers)
{
    private const int MaxBytes = 1 << 16;

    /// <returns>Null if it takes them or none is set, or a sentence on what is wrong.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        if (options.Value.OtlpEndpoint is null)
            return null;

        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.PathOf("traces")) { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        foreach (var header in (options.Value.OtlpHeaders ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            request.Headers.TryAddWithoutValidation(header.Split('=', 2)[0], Uri.UnescapeDataString(header.Split('=', 2)[^1]));
        return await handlers.FindProblemAsync(
            "the collector", request, MaxBytes, status => (int)status is >= 200 and < 300 ? null : $"answers {(int)status}", ct).ConfigureAwait(false);
    }
}
