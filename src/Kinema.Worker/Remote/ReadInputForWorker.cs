using Kinema.Core.Artifacts;
using Kinema.Core.Runs;

namespace Kinema.Worker.Remote;

/// <summary>Finds an input's file for the worker that holds its run; no other content can be named.</summary>
internal sealed class ReadInputForWorker(HeldRuns held, IContentStore contents)
{
    /// <returns>Path and content type; null if the worker does not hold the run or the run has no such input.</returns>
    public async Task<(string Path, string ContentType)?> HandleAsync(AttemptRef attempt, string digest, CancellationToken ct)
    {
        if (await held.FindAsync(attempt, ct) is not { } run || run.Inputs.FirstOrDefault(input => input.Digest == digest) is not { } input)
            return null;

        return contents.Find(run.Run.OrgId, digest) is { } path ? (path, input.ContentType) : null;
    }
}
