using TaskStatus = Kinema.Hosted.DashScope.Wire.TaskStatus;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Core.Upstream;
using Kinema.Engines;
using Kinema.Hosted.DashScope.Media;
using Kinema.Hosted.DashScope.Tasks;
using Kinema.Hosted.DashScope.Wire;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope;

/// <summary>
/// Wan 2.7 itself, at Alibaba's Model Studio. A run has one task there, whatever happens: an attempt that finds one goes on waiting for it, and one whose submit was
/// never answered looks for it among the account's tasks.
/// </summary>
internal sealed class DashScopeEngine(
    DashScopeAccount account,
    MediaAddresses media,
    SubmitTask submit,
    FindLostTask findLost,
    WaitForTask wait,
    EndTask end,
    IUpstreamTasks tasks,
    IOptions<HostedOptions> options,
    TimeProvider timeProvider) : IVideoEngine
{
    public const string EngineId = "dashscope";

    private DashScopeOptions Options => options.Value.DashScope;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = EngineId,
        Version = "1.0.0",
        DisplayName = "Wan 2.7 at Alibaba Model Studio",
        MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.InputVideo, MediaRole.Audio],
        MediaCombinations =
        [
            [MediaRole.FirstFrame],
            [MediaRole.FirstFrame, MediaRole.Audio],
            [MediaRole.FirstFrame, MediaRole.LastFrame],
            [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.Audio],
            [MediaRole.InputVideo],
            [MediaRole.InputVideo, MediaRole.LastFrame],
        ],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
        ExpandsPrompts = true,
        PromptGuide = "wan",
        Slots = options.Value.DashScope.ConcurrentTasks,
        GenerationSeconds = options.Value.DashScope.GenerationSeconds,
    };

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CheckSupport(request).Reason is { } refusal)
            throw new EngineException($"dashscope cannot serve this request: {refusal}");

        var task = await KnownAsync(request, cancellationToken) ?? await SubmitAsync(request, cancellationToken);
        if (task.TaskId is not { } id)
        {
            yield return new EngineEvent.Log(EngineLogLevel.Warning, "The provider's answer to the submit was lost. The task is looked for, and never submitted again.");
            task = await FindAsync(task, request, cancellationToken);
            id = task.TaskId!;
        }

        yield return new EngineEvent.Checkpoint(TaskCheckpoint.Write(id, task.SentAt));
        var reply = await WaitAsync(id, task.SentAt, cancellationToken);
        if (reply.Status is TaskStatus.Pending or TaskStatus.Running)
            throw new EngineException("The provider did not finish in time.") { Code = FailureCodes.ProviderTimeout };

        await end.HandleAsync(request.Key, reply, CancellationToken.None);
        yield return reply switch
        {
            { Status: TaskStatus.Succeeded, VideoUrl: { } url } => new EngineEvent.RemoteVideo(new Uri(url), ModelData(request, id, reply)),
            { Status: TaskStatus.Failed, Error: { } error } => throw Failures.Of(error, account.Key),
            { Status: TaskStatus.Canceled } => throw new EngineException("The task was cancelled at the provider.") { Code = FailureCodes.ProviderInternal },
            { Status: TaskStatus.Unknown } => throw new EngineException("The provider no longer knows the task.") { Code = FailureCodes.ProviderTimeout },
            _ => throw new EngineException("The provider's result has no video.") { Code = FailureCodes.ProviderInternal },
        };
    }

    /// <summary>What is known of the run's task; null if it has none. The store knows it first, the checkpoint also where the store was restored.</summary>
    private async Task<UpstreamTask?> KnownAsync(VideoRequest request, CancellationToken ct)
    {
        if (await tasks.FindAsync(request.Key, ct) is { State: not (UpstreamState.Rejected or UpstreamState.Submitting) } known)
            return known;
        return TaskCheckpoint.Read(request.Checkpoint) is var (id, sentAt)
            ? new() { Key = request.Key, Organization = request.Organization, State = UpstreamState.Submitted, TaskId = id, CreatedAt = sentAt, SentAt = sentAt }
            : null;
    }

    private async Task<UpstreamTask> SubmitAsync(VideoRequest request, CancellationToken ct)
    {
        try
        {
            var addresses = await media.HandleAsync(request, ct);
            var resolvesUploads = addresses.Any(address => address.Url.StartsWith("oss://", StringComparison.Ordinal));
            return await submit.HandleAsync(request, SubmitBody.Write(request, account.Model, addresses), resolvesUploads, ct);
        }
        catch (ProviderAwayException e)
        {
            throw Busy(e);
        }
        catch (ProviderException e)
        {
            throw Failures.Of(e.Error, account.Key);
        }
    }

    private async Task<UpstreamTask> FindAsync(UpstreamTask lost, VideoRequest request, CancellationToken ct)
    {
        try
        {
            if (lost.State == UpstreamState.Doubtful && await findLost.HandleAsync(lost, request, ct) is { } found)
                return found;
        }
        catch (ProviderAwayException e)
        {
            throw Busy(e);
        }

        if (lost.State == UpstreamState.Doubtful && timeProvider.GetUtcNow() - lost.SentAt <= TimeSpan.FromHours(Options.ReconcileHours))
            throw new EngineBusyException("Nobody knows yet whether the provider took the submit.", TimeSpan.FromSeconds(Math.Clamp(Options.PollSeconds, 1, 60)));

        await tasks.EndedAsync(request.Key, UpstreamOutcome.Unknown, cost: null, CancellationToken.None);
        throw new EngineException("The provider's answer to the submit was lost, and the task was not found again.") { Code = FailureCodes.ProviderTimeout };
    }

    private async Task<TaskReply> WaitAsync(string id, DateTimeOffset sentAt, CancellationToken ct)
    {
        try
        {
            return await wait.HandleAsync(id, sentAt, ct);
        }
        catch (ProviderAwayException e)
        {
            throw Busy(e);
        }
        catch (ProviderException e)
        {
            throw Failures.Of(e.Error, account.Key);
        }
    }

    private EngineBusyException Busy(ProviderAwayException away) =>
        new(away.Message, away.RetryAfter ?? TimeSpan.FromSeconds(Math.Clamp(Options.PollSeconds, 1, 15)));

    private JsonObject ModelData(VideoRequest request, string taskId, TaskReply reply) => new()
    {
        ["provider"] = "dashscope",
        ["provider_model"] = account.Model,
        ["provider_task"] = taskId,
        ["actual_prompt"] = reply.ActualPrompt ?? reply.OriginalPrompt ?? request.Prompt,
        ["seed"] = request.Seed,
    };
}
