using System.Net.Http.Headers;
using System.Text.Json;
using Kinema.Hosted.DashScope.Wire;

namespace Kinema.Hosted.DashScope;

/// <summary>The calls of DashScope that the engine needs. Queries, lists and cancels share one rate, half of the 20 a second that an account may make.</summary>
internal sealed class DashScopeClient(DashScopeAccount account, Exchange exchange, TimeProvider timeProvider)
{
    public const int PageSize = 100;

    private const double QueriesPerSecond = 10;

    private static readonly TimeSpan _submitTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _queryTimeout = TimeSpan.FromSeconds(20);

    private readonly RateGate _queries = new(QueriesPerSecond, timeProvider);

    /// <summary>How far the provider's clock is ahead of ours.</summary>
    public TimeSpan ClockSkew => exchange.ClockSkew;

    /// <summary>Sends a submit once, whatever comes of it.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> SubmitAsync(ReadOnlyMemory<byte> body, bool resolvesUploads, CancellationToken ct)
    {
        var answer = await exchange.SendOnceAsync(
            () =>
            {
                var content = new ReadOnlyMemoryContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                var request = new HttpRequestMessage(HttpMethod.Post, account.AddressOf("/api/v1/services/aigc/video-generation/video-synthesis")) { Content = content };
                request.Headers.Add("X-DashScope-Async", "enable");
                if (resolvesUploads)
                    request.Headers.Add("X-DashScope-OssResourceResolve", "enable");
                return request;
            },
            _submitTimeout,
            ct);
        return answer.Member("output")?.Text("task_id") ?? throw NoAnswer("submit");
    }

    public async Task<TaskReply> QueryAsync(string taskId, CancellationToken ct)
    {
        await _queries.PassAsync(ct);
        return TaskReply.Read(await GetAsync($"/api/v1/tasks/{Uri.EscapeDataString(taskId)}", ct)) ?? throw NoAnswer("query");
    }

    /// <param name="page">From 1.</param>
    /// <param name="status">Only tasks in this state, as the provider writes it; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<TaskPage> ListAsync(int page, string? status, CancellationToken ct)
    {
        await _queries.PassAsync(ct);
        var filter = status is null ? "" : "&status=" + status;
        return TaskPage.Read(await GetAsync($"/api/v1/tasks?model_name={account.Model}{filter}&page_no={page}&page_size={PageSize}", ct)) ?? throw NoAnswer("list");
    }

    /// <returns>False if it was too late: only waiting tasks can be cancelled.</returns>
    public async Task<bool> CancelAsync(string taskId, CancellationToken ct)
    {
        await _queries.PassAsync(ct);
        try
        {
            await exchange.SendAsync(() => new(HttpMethod.Post, account.AddressOf($"/api/v1/tasks/{Uri.EscapeDataString(taskId)}/cancel")), _queryTimeout, ct);
            return true;
        }
        catch (ProviderException)
        {
            return false;
        }
    }

    /// <summary>What a file is uploaded with.</summary>
    public async Task<JsonElement> GetUploadPolicyAsync(CancellationToken ct) =>
        (await GetAsync($"/api/v1/uploads?action=getPolicy&model={account.Model}", ct)).Member("data") ?? throw NoAnswer("policy");

    private Task<JsonElement> GetAsync(string path, CancellationToken ct) => exchange.SendAsync(() => new(HttpMethod.Get, account.AddressOf(path)), _queryTimeout, ct);

    private static ProviderAwayException NoAnswer(string to) => new($"The provider's answer to a {to} is not understood.") { MayHaveArrived = true };
}
