using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Inputs;

/// <summary>
/// Fetches and inspects all media of a run and stores them in the ledger. Reuses what an earlier attempt fetched: a run's input is what
/// its URL returned the first time.
/// </summary>
internal sealed class PrepareInputs(FetchMedia fetch, IContentStore contents, InspectMedia inspect)
{
    public async Task<PreparedInputs> HandleAsync(
        ClaimedRun claim, ValidatedInput input, string scratch, PhaseLimit limit, AttemptJournal journal, CancellationToken ct)
    {
        var media = new Dictionary<MediaRole, MediaInput>();
        var inputs = new List<RunInput>();

        foreach (var field in input.MediaFields)
        {
            if (Earlier(claim, field) is not { } prepared)
            {
                var fetched = await fetch.HandleAsync(claim.Run.OrgId, field, scratch, limit, ct);
                if (fetched.Failure is { } missing)
                    return Failed(missing);

                var inspected = await inspect.HandleAsync(field, fetched, ct);
                if (inspected.Failure is { } unusable)
                    return Failed(unusable);

                prepared = (inspected.Input!, fetched.Path!);
                await journal.AppendAsync(new() { Inputs = [prepared.Input], Events = inspected.Remarks }, ct);
            }

            inputs.Add(prepared.Input);
            media[field.Role] = InputMedia.Of(prepared.Input, prepared.Path);
        }

        return InputVideoLength.Check(input, media) is { } failure ? Failed(failure) : new(media, inputs, null);
    }

    private (RunInput Input, string Path)? Earlier(ClaimedRun claim, MediaField field) =>
        claim.Inputs.FirstOrDefault(i => i.Field == field.Field.Name) is { } input && contents.Find(claim.Run.OrgId, input.Digest) is { } path
            ? (input, path)
            : null;

    private static PreparedInputs Failed(RunFailure failure) => new(new Dictionary<MediaRole, MediaInput>(), [], failure);
}
