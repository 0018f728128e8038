using System.Net.Http.Headers;
using Kinema.Outbound;
using Microsoft.Extensions.Options;

namespace Kinema.Telemetry;

/// <summary>Asks whether the collector is there, for <c>kinema doctor</c>: sends it traces without spans.</summary>
public sealed class CollectorProbe(IOptions<TelemetryOptions> options, IOutboundHandlers handlers)
{
    private const int MaxBytes = 1 << 16;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    /// <returns>Null if it takes them or none is set, or a sentence on what is wrong.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        if (options.Value.OtlpEndpoint is null)
            return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        using var http = handlers.CreateClientForOperator(MaxBytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.PathOf("traces")) { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        foreach (var header in (options.Value.OtlpHeaders ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            request.Headers.TryAddWithoutValidation(header.Split('=', 2)[0], Uri.UnescapeDataString(header.Split('=', 2)[^1]));
        try
        {
            using var response = await http.SendAsync(request, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"the collector answers {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"the collector gives no answer within {_limit.TotalSeconds:0} s";
        }
        catch (HttpRequestException e)
        {
            return OutboundRefusal.Find(e) is { } refusal ? $"the collector may not be connected to: {refusal}" : $"the collector cannot be reached: {e.HttpRequestError}";
        }
    }
}
