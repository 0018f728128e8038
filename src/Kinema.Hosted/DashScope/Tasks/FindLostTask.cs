using Kinema.Core.Upstream;
using Kinema.Engines;
using Kinema.Hosted.DashScope.Wire;

namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>
/// Looks for the task of a submit whose answer was lost. It is taken only if it is the sole one of the submit's time window that belongs to no run, and says the same
/// prompt, size and length. In doubt it is not: a wrong video is worse than none.
/// </summary>
internal sealed class FindLostTask(DashScopeClient client, DashScopeAccount account, IUpstreamTasks tasks, LostAnswer times)
{
    private const int MostPages = 50;

    /// <returns>The task, now known; null if it was not found, or cannot be told yet.</returns>
    public async Task<UpstreamTask?> HandleAsync(UpstreamTask lost, VideoRequest request, CancellationToken ct)
    {
        var (from, to) = WindowOf(lost);
        if ((await tasks.ListDoubtfulAsync(account.Lane, ct)).Any(other => other.Key != lost.Key && WindowOf(other) is var (begin, end) && begin <= to && from <= end))
            return null;

        var listed = await ListAsync(from, to, ct);
        var claimed = await tasks.FindClaimedAsync(account.Lane, listed, ct);
        if (listed.Where(id => !claimed.Contains(id)).ToList() is not [var candidate])
            return null;

        var reply = await client.QueryAsync(candidate, ct);
        return IsOf(request, reply) && await tasks.SubmittedAsync(lost.Key, candidate, ct) ? await tasks.FindAsync(lost.Key, ct) : null;
    }

    // Only a finished task says what it was asked for; one that failed does not and is nobody's.
    private static bool IsOf(VideoRequest request, TaskReply reply) =>
        reply.Status == Wire.TaskStatus.Succeeded
        && (reply.OriginalPrompt ?? "") == (request.Prompt ?? "")
        && reply.Resolution == (request.Resolution == VideoResolution.Hd1080 ? 1080 : 720)
        && reply.Seconds is { } seconds && Math.Abs(seconds - request.DurationSeconds) < 0.5;

    private async Task<IReadOnlyList<string>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var skew = client.ClockSkew;
        var found = new List<string>();
        for (var number = 1; number <= MostPages; number++)
        {
            var page = await client.ListAsync(number, status: null, ct);
            found.AddRange(page.Tasks.Where(task => task.CreatedAt - skew >= from && task.CreatedAt - skew <= to).Select(task => task.Id));
            if (number >= page.Pages || page.Tasks.Count == 0 || page.Tasks.Min(task => task.CreatedAt) - skew < from)
                break;
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private (DateTimeOffset From, DateTimeOffset To) WindowOf(UpstreamTask task) =>
        (task.SentAt - times.Margin, (task.AnsweredAt ?? task.SentAt) + times.Margin);
}
