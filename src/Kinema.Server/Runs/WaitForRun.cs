using System.Globalization;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Runs;

/// <summary>
/// Holds the answer to a create while the run goes on, as <c>Prefer: wait=N</c> asks (RFC 7240, section 4.3). A held answer takes one of the organisation's places
/// for event streams; without a free one, or with a preference that cannot be read, it is sent at once.
/// </summary>
internal sealed class WaitForRun(
    EventStreams streams, RunEventFeed feed, IRunLedger runs, RunPresenter presenter, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
{
    public const int MaxSeconds = 60;

    /// <param name="creating">Ends with the answer to the create; by then its body and its memory are free.</param>
    /// <param name="context">The request.</param>
    /// <param name="caller">The caller.</param>
    public async Task<IResult> HoldAsync(Task<IResult> creating, HttpContext context, Caller caller)
    {
        var answer = await creating;
        if (answer is not JsonBodyResult { Created: { } created } body || ReadWait(context.Request) is not { } seconds)
            return answer;

        using var slot = streams.TryOpen(caller.OrgId);
        if (slot is null)
            return answer;

        // Its answer is stored: a repetition need not wait for the end of this one.
        context.Features.Get<KeyedRequest>()?.Dispose();
        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        await WaitAsync(created.Run, seconds, context.RequestAborted);
        return await runs.FindAsync(caller.OrgId, created.Run.Id, context.RequestAborted) is { } run
            ? body with { Body = presenter.PresentCreated(run, created.Warnings) }
            : answer;
    }

    private async Task WaitAsync(Run run, int seconds, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), timeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, aborted);
        try
        {
            await foreach (var _ in feed.ReadAsync(run.OrgId, run.Id, 0, end.Token))
            {
                // The feed ends after the terminal status.
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The time is over, or the server stops: the record is sent as it is.
        }
    }

    private static int? ReadWait(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(',', ';')))
        {
            if (preference.Split('=', 2) is [var name, var value]
                && name.Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return Math.Min(seconds, MaxSeconds);
            }
        }

        return null;
    }
}
