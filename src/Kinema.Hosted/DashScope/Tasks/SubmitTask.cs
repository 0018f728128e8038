using Kinema.Core.Runs;
using Kinema.Core.Upstream;
using Kinema.Engines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>
/// Submits a run's task once. Submits go one at a time; each is reserved before it is sent, and goes on to its answer even when its attempt is stopped: an answer that
/// nobody waits for is a task that is paid and lost.
/// </summary>
internal sealed partial class SubmitTask(
    DashScopeClient client,
    DashScopeAccount account,
    IUpstreamTasks tasks,
    FindLostTask findLost,
    LostAnswer times,
    Price price,
    IOptions<HostedOptions> options,
    TimeProvider timeProvider,
    ILogger<SubmitTask> log) : IDisposable
{
    /// <summary>How long a provider that fails at submits is tried again.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly RateGate _rate = new(options.Value.DashScope.SubmitsPerSecond, timeProvider);
    private bool _hasLooked;

    /// <returns>The task: submitted, or doubtful.</returns>
    /// <exception cref="EngineBusyException">The provider takes none for now, or the day's spend is reached.</exception>
    /// <exception cref="EngineException">The provider refuses it.</exception>
    public async Task<UpstreamTask> HandleAsync(VideoRequest request, ReadOnlyMemory<byte> body, bool resolvesUploads, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return await Task.Run(() => TakeTurnAsync(request, body, resolvesUploads, ct), CancellationToken.None).WaitAsync(ct);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<UpstreamTask> TakeTurnAsync(VideoRequest request, ReadOnlyMemory<byte> body, bool resolvesUploads, CancellationToken ct)
    {
        try
        {
            await _rate.PassAsync(ct);
            ct.ThrowIfCancellationRequested();
            var reserved = await ReserveAsync(request);
            return reserved.State == UpstreamState.Submitting ? await SendAsync(reserved, request, body, resolvesUploads) : reserved;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<UpstreamTask> ReserveAsync(VideoRequest request)
    {
        // The turn is ours, so whatever the store has as under way was interrupted: by the end of its process, or of the store.
        if (!_hasLooked)
            await tasks.InterruptedAsync(account.Lane, CancellationToken.None);
        _hasLooked = true;

        var limits = new SpendLimits(Dollars(options.Value.MaxSpendPerDay), Dollars(options.Value.MaxSpendPerDayPerOrganization));
        switch (await tasks.ReserveAsync(new(request.Key, account.Lane, request.Organization, price.AtMost(request)), limits, CancellationToken.None))
        {
            case UpstreamReservation.Reserved { Task: var reserved }:
                return reserved;
            case UpstreamReservation.Exists { Task: var known }:
                return known;
            case UpstreamReservation.SpendReached { OfOrganization: var ofOrganization }:
                throw new EngineBusyException($"The day's limit of what {(ofOrganization ? "the organization" : "the operator")} spends at the provider is reached.", UntilTomorrow());
            default:
                _hasLooked = false;
                throw new EngineBusyException("Another submit is under way.", TimeSpan.FromSeconds(1));
        }
    }

    private async Task<UpstreamTask> SendAsync(UpstreamTask reserved, VideoRequest request, ReadOnlyMemory<byte> body, bool resolvesUploads)
    {
        try
        {
            var id = await client.SubmitAsync(body, resolvesUploads, CancellationToken.None);
            LogSubmitted(reserved.Key, id);
            await tasks.SubmittedAsync(reserved.Key, id, CancellationToken.None);
        }
        catch (ProviderException e)
        {
            await tasks.RejectedAsync(reserved.Key, CancellationToken.None);
            throw Failures.Of(e.Error, account.Key);
        }
        catch (ProviderAwayException e) when (!e.MayHaveArrived)
        {
            await tasks.RejectedAsync(reserved.Key, CancellationToken.None);
            throw Later(e, reserved);
        }
        catch (ProviderAwayException e)
        {
            LogLost(reserved.Key, e.Message);
            await tasks.DoubtfulAsync(reserved.Key, CancellationToken.None);
            await LookForItAsync(reserved, request);
        }
        catch
        {
            await tasks.DoubtfulAsync(reserved.Key, CancellationToken.None);
            throw;
        }

        return (await tasks.FindAsync(reserved.Key, CancellationToken.None))!;
    }

    /// <summary>Holds the submits behind it up until the task list has been read, and until no later task can lie in its window.</summary>
    private async Task LookForItAsync(UpstreamTask reserved, VideoRequest request)
    {
        using var limit = new CancellationTokenSource(LostAnswer.LongestHold, timeProvider);
        try
        {
            await Task.Delay(2 * times.Margin, timeProvider, limit.Token);
            await findLost.HandleAsync((await tasks.FindAsync(reserved.Key, limit.Token))!, request, limit.Token);
        }
        catch (Exception e) when (e is ProviderAwayException or ProviderException or OperationCanceledException)
        {
            LogNotRead(reserved.Key, e.Message);
        }
    }

    private Exception Later(ProviderAwayException away, UpstreamTask reserved)
    {
        var patience = away.Error is { } said && Failures.CodeOf(said) == FailureCodes.ProviderRateLimited ? TimeSpan.FromSeconds(options.Value.DashScope.GenerationSeconds) : _patience;
        if (timeProvider.GetUtcNow() - reserved.CreatedAt > patience)
            return Failures.Of(away.Error ?? new("", away.Message, 503), account.Key);
        return new EngineBusyException(away.Message, away.RetryAfter ?? Jitter());
    }

    // Random only so that runs do not come back together.
#pragma warning disable CA5394
    private static TimeSpan Jitter() => TimeSpan.FromSeconds(1 + (Random.Shared.NextDouble() * 4));
#pragma warning restore CA5394

    private TimeSpan UntilTomorrow()
    {
        var left = TimeSpan.FromDays(1) - timeProvider.GetUtcNow().TimeOfDay;
        return left < TimeSpan.FromMinutes(10) ? left : TimeSpan.FromMinutes(10);
    }

    private static Core.Pricing.Money Dollars(decimal amount) => new((long)(amount * 1_000_000m));
}
