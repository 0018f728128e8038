using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Attempts;
using Kinema.Worker.Inputs;

namespace Kinema.Worker.Safety;

/// <summary>Judges a finished video before anything of it can be reached, and blurs it where the operator wants that.</summary>
internal sealed class CheckOutput(ISafetyChecker safety, IVideoBlur blur, IContentStore contents, TimeProvider timeProvider)
{
    /// <param name="claim">The run.</param>
    /// <param name="input">Its input.</param>
    /// <param name="inputs">What was fetched for it.</param>
    /// <param name="files">The video and its pictures.</param>
    /// <param name="watch">Has seen the frames; null if another machine made them, and the files are checked.</param>
    /// <param name="report">Writes an event.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<CheckedOutput> HandleAsync(
        ClaimedRun claim,
        ValidatedInput input,
        IReadOnlyList<RunInput> inputs,
        OutputFiles files,
        IFrameWatch? watch,
        Func<NewRunEvent, Task> report,
        CancellationToken ct)
    {
        if (safety.Classifier is not { } classifier)
            return new(files);
        if (!safety.Covers(input))
            return new(files) { Record = SafetyRecord.Of(classifier, isOn: false, SafetyVerdict.NotJudged, SafetyVerdict.NotJudged, SafetyVerdict.NotJudged) };

        var began = timeProvider.GetTimestamp();
        await report(RunEvents.Progress(RunPhases.Checking, 0, 1));
        var (verdict, failure) = await JudgeAsync(claim.Run.Id, files, watch, ct);
        if (failure is not null)
            return new(files) { Failure = failure, Time = timeProvider.GetElapsedTime(began) };

        if (verdict.Action == SafetyAction.Blur)
            files = await BlurAsync(files, ct);
        await report(RunEvents.Progress(RunPhases.Checking, 1, 1));
        return new(files)
        {
            NsfwDetected = verdict.IsFlagged,
            Record = SafetyRecord.Of(
                classifier, isOn: true, await safety.JudgePromptAsync(new(claim.Run.Id, "the prompt"), input, ct), await OfInputsAsync(claim.Run, inputs, ct), verdict),
            Time = timeProvider.GetElapsedTime(began),
        };
    }

    private async Task<(SafetyVerdict Verdict, RunFailure? Failure)> JudgeAsync(Guid runId, OutputFiles files, IFrameWatch? watch, CancellationToken ct)
    {
        const string What = "the video";
        try
        {
            var subject = new SafetySubject(runId, What);
            var verdict = watch is not null
                ? await watch.JudgeAsync(ct)
                : await safety.JudgeOutputAsync(subject, Medium(files.Video, "video/mp4", files), files.Format, [Medium(files.Poster, "image/jpeg", files), Medium(files.LastFrame, "image/png", files)], ct);
            return (verdict, verdict.IsRefused ? SafetyFailures.Of(verdict, What, FailureStages.Postprocess) : null);
        }
        catch (EngineException e)
        {
            return (SafetyVerdict.NotJudged, new(FailureCodes.EngineContract, $"The worker's video was refused: {e.Message}.", FailureStages.Postprocess));
        }
    }

    /// <summary>The verdict over the inputs for the record; they were judged before the engine began, and the checker remembers.</summary>
    private async Task<SafetyVerdict> OfInputsAsync(Run run, IReadOnlyList<RunInput> inputs, CancellationToken ct)
    {
        SafetyVerdict? all = null;
        foreach (var input in inputs.Where(i => !i.ContentType.StartsWith("audio/", StringComparison.Ordinal)))
        {
            var verdict = contents.Find(run.OrgId, input.Digest) is { } path
                ? await safety.JudgeInputAsync(new(run.Id, $"input.{input.Field}"), InputMedia.Of(input, path), ct)
                : SafetyVerdict.NotJudged;
            all = all is null ? verdict : all.And(verdict);
        }

        return all ?? SafetyVerdict.NotJudged;
    }

    private async Task<OutputFiles> BlurAsync(OutputFiles files, CancellationToken ct)
    {
        var blurred = files with { Video = files.Video + ".blurred.mp4", Poster = files.Poster + ".blurred.jpg", LastFrame = files.LastFrame + ".blurred.png" };
        await blur.BlurAsync(files.Video, files.Format, new(blurred.Video, blurred.Poster, blurred.LastFrame), ct);
        return blurred;
    }

    private static MediaInput Medium(string path, string type, OutputFiles files) => new()
    {
        Path = path,
        Digest = "",
        ContentType = type,
        SizeBytes = new FileInfo(path).Length,
        Width = files.Format.Width,
        Height = files.Format.Height,
        Seconds = type.StartsWith("video/", StringComparison.Ordinal) ? files.Seconds : null,
    };
}

/// <param name="Files">What is stored: the files, or blurred ones.</param>
internal sealed record CheckedOutput(OutputFiles Files)
{
    /// <summary>The failure of the run, or null.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Null if nothing was judged.</summary>
    public bool? NsfwDetected { get; init; }

    /// <summary>What the record says of it; null where no checker is configured.</summary>
    public JsonObject? Record { get; init; }

    public TimeSpan Time { get; init; }

    /// <summary>Puts the record into <c>model_data</c>, in place of anything that an engine said there.</summary>
    public JsonObject WriteTo(JsonObject modelData)
    {
        modelData.Remove(SafetyRecord.Name);
        if (Record is not null)
            modelData[SafetyRecord.Name] = Record;
        return modelData;
    }
}
