using System.Runtime.CompilerServices;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Fleets.Dialects;
using Kinema.Fleets.Endpoints;
using Kinema.Media;
using Kinema.Outbound;

namespace Kinema.Fleets;

/// <summary>
/// A fleet of inference servers as one engine. A run has one job on one server; which one, its checkpoint keeps. It moves to another server only when its own is known to
/// have lost the job: a server that does not answer may still be working.
/// </summary>
internal sealed class FleetEngine : IVideoEngine, IAsyncDisposable
{
    /// <summary>Servers that lose one job of a run after the other have a fault that a further try would not end.</summary>
    private const int MostLosses = 3;

    private static readonly TimeSpan _fullWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _awayWait = TimeSpan.FromSeconds(10);

    /// <summary>How long an attempt waits for a server that does not answer, before the run waits in the queue.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly FleetOptions _fleet;
    private readonly IFleetDialect _dialect;
    private readonly IPictureFitter _pictures;
    private readonly LetGo _letGo;
    private readonly JobWatch _watch;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _stopping;

    /// <param name="fleet">The servers.</param>
    /// <param name="handlers">The guard.</param>
    /// <param name="pictures">Fits pictures.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stopping">Cancelled when the process ends: its runs go on elsewhere, and keep their jobs.</param>
    public FleetEngine(FleetOptions fleet, IOutboundHandlers handlers, IPictureFitter pictures, TimeProvider timeProvider, CancellationToken stopping)
    {
        (_fleet, _pictures, _timeProvider, _stopping) = (fleet, pictures, timeProvider, stopping);
        Pool = new(fleet);
        Http = new(handlers, fleet, timeProvider);
        _dialect = fleet.Dialect switch
        {
            FleetDialect.VllmOmni => new VllmOmniDialect(Http, fleet),
            FleetDialect.SglangDiffusion => new SglangDialect(Http, fleet),
            FleetDialect.FastVideo => new FastVideoDialect(Http, fleet),
            _ => new LightX2VDialect(Http),
        };
        _letGo = new(_dialect, fleet, timeProvider);
        _watch = new(_dialect, Pool, fleet, timeProvider);
        Descriptor = new()
        {
            Id = fleet.EngineId,
            Version = "1.0.0",
            DisplayName = $"Fleet {fleet.Name} ({FleetDialects.NameOf(fleet.Dialect)})",
            MediaRoles = fleet.LastFrame ? [MediaRole.FirstFrame, MediaRole.LastFrame] : [MediaRole.FirstFrame],
            MediaCombinations = fleet.LastFrame ? [[MediaRole.FirstFrame, MediaRole.LastFrame]] : [[MediaRole.FirstFrame]],
            Resolutions = [VideoResolution.Sd480, VideoResolution.Hd720],
            MinDurationSeconds = 1,
            // Wan was trained on 81 frames.
            MaxDurationSeconds = 5,
            PromptGuide = "wan",
            Settings = WanVideo.SettingsOf(fleet.Dialect),
            Slots = fleet.Endpoints.Count * fleet.Concurrency,
            GenerationSeconds = fleet.GenerationSeconds,
        };
    }

    public EngineDescriptor Descriptor { get; }

    public EndpointPool Pool { get; }

    public FleetHttp Http { get; }

    public string HealthPath => _fleet.Dialect == FleetDialect.LightX2V ? "/v1/service/health" : "/health";

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CheckSupport(request).Reason is { } refusal)
            throw new EngineException($"{Descriptor.Id} cannot serve this request: {refusal}");

        var video = Prepare(request, cancellationToken);
        EndpointPool.Place? place = null;
        var isOver = false;
        try
        {
            var job = FleetJob.Read(request.Checkpoint);
            for (var losses = job?.Losses ?? 0; ;)
            {
                if (job is null)
                {
                    place = Pool.TryTake() ?? throw new EngineBusyException("Every server of the fleet is busy or does not answer.", _fullWait);
                    job = new(FleetJob.Current, place.Address, losses == 0 ? request.Key : $"{request.Key}-{losses}", losses, IsSent: false);
                    if (_dialect.NamesJobs)
                        yield return new EngineEvent.Checkpoint(job.Write());
                    job = job with { Id = await SubmitAsync(place, video, job.Id, cancellationToken), IsSent = true };
                    yield return new EngineEvent.Checkpoint(job.Write());
                }

                place ??= Pool.Resume(job.Endpoint, job.Id);
                var state = await WaitAsync(job, cancellationToken);
                if (state.Phase == FleetJobPhase.Completed)
                    break;
                isOver = true;
                if (state.Phase == FleetJobPhase.Failed)
                    throw new EngineException($"The server could not make the video. It says: {state.Problem}") { Code = FailureCodes.ProviderInternal };
                if (job.IsSent && ++losses >= MostLosses)
                    throw new EngineException($"Servers of the fleet lost {losses} jobs of this run.") { Code = FailureCodes.ProviderInternal };

                if (job.IsSent)
                    yield return new EngineEvent.Log(EngineLogLevel.Warning, "The server lost the job, as after a restart; it is given out again.");
                place.Dispose();
                (place, job, isOver) = (null, null, false);
            }

            yield return new EngineEvent.VideoContent(ct => _dialect.OpenAsync(job.Endpoint, job.Id, ct), video.ModelData(_fleet));
            isOver = true;
            await ForgetAsync(job);
        }
        finally
        {
            // A run that waits in the queue, or whose process ends, keeps its job: the checkpoint names it.
            if (isOver || !cancellationToken.IsCancellationRequested || _stopping.IsCancellationRequested)
                place?.Dispose();
            else if (place is not null)
                _letGo.Begin(place);
        }
    }

    public ValueTask DisposeAsync() => _letGo.DisposeAsync();

    private WanVideo Prepare(VideoRequest request, CancellationToken ct)
    {
        var (width, height) = WanVideo.SizeOf(request.FirstFrame!, request.Resolution);
        return new(
            request, width, height, _fleet.Steps, _pictures.FitPng(request.FirstFrame!, width, height, ct),
            request.LastFrame is { } last ? _pictures.FitPng(last, width, height, ct) : null);
    }

    /// <returns>The server's name for the job.</returns>
    private async Task<string> SubmitAsync(EndpointPool.Place place, WanVideo video, string name, CancellationToken ct)
    {
        try
        {
            var id = await SubmitOnceAsync(place.Address, video, name, ct);
            place.Has(id);
            return id;
        }
        catch (FleetAwayException e)
        {
            if (!e.IsFull)
                Pool.Report(place.Address, isUp: false);
            throw new EngineBusyException(e.Message, _fullWait);
        }
    }

    /// <summary>Where the answer is lost, the job may be there under the name that it was given.</summary>
    private async Task<string> SubmitOnceAsync(Uri endpoint, WanVideo video, string name, CancellationToken ct)
    {
        try
        {
            return await _dialect.SubmitAsync(endpoint, video, name, ct);
        }
        catch (FleetAwayException e) when (e.MayHaveArrived && _dialect.NamesJobs)
        {
            if ((await _dialect.PollAsync(endpoint, name, ct)).Phase != FleetJobPhase.Lost)
                return name;
            throw;
        }
    }

    private async Task<FleetJobState> WaitAsync(FleetJob job, CancellationToken ct)
    {
        long? silentSince = null;
        while (true)
        {
            try
            {
                if (await _watch.LookAsync(job, ct) is { Phase: not (FleetJobPhase.Waiting or FleetJobPhase.Running) } ended)
                    return ended;
                silentSince = null;
            }
            catch (FleetAwayException e)
            {
                silentSince ??= _timeProvider.GetTimestamp();
                if (_timeProvider.GetElapsedTime(silentSince.Value) >= _patience)
                    throw new EngineBusyException(e.Message, _awayWait);
            }

            await Task.Delay(TimeSpan.FromSeconds(_fleet.PollSeconds), _timeProvider, ct);
        }
    }

    /// <summary>The video is here; what the server keeps of it is of no use.</summary>
    private async Task ForgetAsync(FleetJob job)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), _timeProvider);
            await _dialect.DeleteAsync(job.Endpoint, job.Id, limit.Token);
        }
        catch (Exception e) when (e is FleetAwayException or EngineException or OperationCanceledException)
        {
            // It stays there until the server removes it.
        }
    }
}
