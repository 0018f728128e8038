using System.Net;

namespace Kinema.Outbound;

/// <summary>Asks an endpoint of the operator once, for <c>kinema doctor</c>.</summary>
public static class OperatorProbe
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    /// <param name="handlers">The guard.</param>
    /// <param name="what">What is asked, as a sentence begins: <c>the endpoint</c>.</param>
    /// <param name="request">The question.</param>
    /// <param name="maxBytes">Most bytes of an answer.</param>
    /// <param name="judge">What a status says: null for "it works", else the rest of the sentence.</param>
    /// <param name="ct">Stops the question.</param>
    /// <returns>Null if it works, or a sentence on what is wrong.</returns>
    public static async Task<string?> FindProblemAsync(
        this IOutboundHandlers handlers, string what, HttpRequestMessage request, int maxBytes, Func<HttpStatusCode, string?> judge, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(judge);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        using var http = handlers.CreateClientForOperator(maxBytes);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return judge(response.StatusCode) is { } problem ? $"{what} {problem}" : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"{what} gives no answer within {_limit.TotalSeconds:0} s";
        }
        catch (HttpRequestException e)
        {
            return OutboundRefusal.Find(e) is { } refusal ? $"{what} may not be connected to: {refusal}" : $"{what} cannot be reached: {e.HttpRequestError}";
        }
    }
}
