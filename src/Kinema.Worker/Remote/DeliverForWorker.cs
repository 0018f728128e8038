using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Protocol;
using Kinema.Worker.Safety;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Remote;

/// <summary>
/// Ends an attempt of a remote worker with the files that it uploaded. What the files are and what they cost is found out here; of the worker's word only
/// the engine's settings and the times go into the record.
/// </summary>
internal sealed partial class DeliverForWorker(
    HeldRuns held,
    DeliveriesUnderWay underWay,
    JudgeDelivery judge,
    StoreOutput store,
    CheckOutput check,
    IWorkSource local,
    FinishForWorker finish,
    IArtifactStore artifacts,
    ICatalog catalog,
    TimeProvider timeProvider,
    ILogger<DeliverForWorker> log)
{
    /// <returns>Null if the worker does not hold the run.</returns>
    public async Task<EndReply?> HandleAsync(RemoteWorker worker, AttemptRef attempt, DeliverVideo delivery, CancellationToken ct) =>
        await held.FindAsync(attempt, ct) is { } run ? await underWay.JoinAsync(attempt, () => DeliverAsync(worker, run, delivery), ct) : null;

    private async Task<EndReply> DeliverAsync(RemoteWorker worker, ClaimedRun run, DeliverVideo delivery)
    {
        var began = timeProvider.GetTimestamp();
        var attempt = run.Attempt;
        if (RunInputReader.Read(catalog, run.Run) is not { } input)
            return new(await finish.HandleAsync(attempt, RunInputReader.NoLongerAccepted(run.Run)));

        var scratch = artifacts.CreateScratch(attempt.RunId, attempt.Fence);
        if (await FindDamageAsync(scratch, delivery) is { } damage)
            return new(IsAccepted: false, damage);

        var (files, problem) = await judge.HandleAsync(scratch, input.DurationSeconds);
        if (problem is not null)
        {
            LogRefused(attempt.RunId, worker.Name, problem);
            return new(await finish.HandleAsync(attempt, new AttemptOutcome.Failed(new(FailureCodes.EngineContract, $"The worker's video was refused: {problem}.", FailureStages.Postprocess))), problem);
        }

        // The worker's word counts for nothing here: what is checked is the file.
        var judged = await check.HandleAsync(
            run, input, run.Inputs, files!, watch: null, said => local.AppendAsync(attempt, new() { Events = [said] }, CancellationToken.None), CancellationToken.None);
        if (judged.Failure is { } refusal)
            return new(await finish.HandleAsync(attempt, new AttemptOutcome.Failed(refusal)), refusal.Message);

        var engine = worker.Engines.First(e => e.Id == run.Run.EngineId);
        var modelData = RunModelData.Of(input.ToRequest() with { ExpandedPrompt = run.Run.Expansion?.Text }, engine, run.Inputs, run.Run.Expansion, delivery.ModelData);
        var output = await store.HandleAsync(
            attempt,
            judged.Files,
            judged.WriteTo(modelData),
            input.Get<long>(FieldMeaning.Seed),
            judged.NsfwDetected,
            () => Timing(run, delivery.Times, judged.Time, timeProvider.GetElapsedTime(began) - judged.Time),
            CancellationToken.None);
        return new(await finish.HandleAsync(attempt, new AttemptOutcome.Succeeded(output, DeliveredPrice.Of(run.Run, input.DurationSeconds, files!.Seconds))));
    }

    /// <summary>Whether everything arrived as it was sent.</summary>
    private static async Task<string?> FindDamageAsync(string scratch, DeliverVideo delivery)
    {
        foreach (var name in OutputFiles.Names)
        {
            if (delivery.Files.FirstOrDefault(f => f.Name == name) is not { } file)
                return $"{name} is missing";

            var path = Uploads.PathOf(scratch, name);
            if (!File.Exists(path) || new FileInfo(path).Length != file.SizeBytes)
                return $"{name} has not arrived whole";

            await using var content = TryOpen(path);
            if (content is null)
                return $"{name} is still being received";
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content)) != file.Digest)
            {
                content.Close();
                File.Delete(path);
                return $"{name} arrived damaged";
            }
        }

        return null;
    }

    /// <returns>Null while a part is being written.</returns>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>The worker's times, within the time that has really passed.</summary>
    private RunTiming Timing(ClaimedRun claim, DeliveryTimes times, TimeSpan checking, TimeSpan storing)
    {
        var run = claim.Run;
        var total = Math.Max(0, (long)(timeProvider.GetUtcNow() - run.CreatedAt).TotalMilliseconds);
        var left = total;
        var queue = Take(run.StartedAt is { } started ? (long)(started - run.CreatedAt).TotalMilliseconds : 0);
        var expanding = Take(run.Expansion is { } made && made.Fence == claim.Attempt.Fence ? made.Milliseconds : 0);
        var preprocess = Take(times.PreprocessMs - expanding);
        var inference = Take(times.InferenceMs);
        var encode = Take(times.EncodeMs);
        var judging = Take((long)checking.TotalMilliseconds);
        return new(queue, preprocess, inference, encode, Take(times.UploadMs + (long)storing.TotalMilliseconds), total) { ExpandingMs = expanding, CheckingMs = judging };

        long Take(long wanted)
        {
            var taken = Math.Clamp(wanted, 0, left);
            left -= taken;
            return taken;
        }
    }

    [LoggerMessage(4221, LogLevel.Error, "Run {RunId}: the video of worker '{Worker}' was refused: {Problem}")]
    private partial void LogRefused(Guid runId, string worker, string problem);
}
