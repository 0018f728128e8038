using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Inputs;

/// <summary>Looks at a fetched medium in the way its role asks for.</summary>
internal sealed class InspectMedia(IImageInspector images, IVideoInspector clips, IAudioInspector sounds)
{
    public async Task<InspectedMedia> HandleAsync(MediaField field, FetchedMedia fetched, CancellationToken ct)
    {
        var limits = field.Field.Media!;
        return field.Role switch
        {
            MediaRole.FirstFrame or MediaRole.LastFrame => Picture(field, fetched, images.Inspect(fetched.Path!, limits)),
            MediaRole.InputVideo => Timed(field, fetched, await clips.InspectAsync(fetched.Path!, limits, ct)),
            MediaRole.Audio => Timed(field, fetched, await sounds.InspectAsync(fetched.Path!, limits, ct)),
            _ => throw new InvalidOperationException($"Nobody looks at {field.Role}."),
        };
    }

    private static InspectedMedia Picture(MediaField field, FetchedMedia fetched, ImageInspection verdict) => verdict.Problem is not null
        ? new(null, [], InputFailure.Rejected(field, verdict))
        : new(
            new(field.Field.Name, fetched.SourceUri, fetched.Digest!, verdict.ContentType, fetched.SizeBytes, verdict.Width, verdict.Height),
            verdict.HasAlpha ? [RunEvents.Log("info", $"input.{field.Field.Name} has transparency; it was flattened on white.")] : [],
            null);

    private static InspectedMedia Timed(MediaField field, FetchedMedia fetched, TimedMediaInspection verdict) => verdict.Problem is not null
        ? new(null, [], InputFailure.Rejected(field, verdict))
        : new(
            new(field.Field.Name, fetched.SourceUri, fetched.Digest!, verdict.ContentType, fetched.SizeBytes, verdict.Width, verdict.Height)
            {
                Seconds = verdict.Seconds,
                HasAudio = verdict.HasAudio,
                LostSeconds = verdict.LostSeconds,
                Details = verdict.Details,
            },
            [.. Remarks(field.Field.Name, verdict).Select(remark => RunEvents.Log("warning", remark))],
            null);

    private static IEnumerable<string> Remarks(string field, TimedMediaInspection verdict)
    {
        if (verdict.HasUndecodableAudio)
            yield return $"input.{field} has sound that cannot be decoded; it was left out.";
        if (verdict.LostSeconds > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"input.{field} is damaged: {verdict.LostSeconds:0.##} seconds of its sound cannot be decoded and are missing.");
    }
}

/// <summary>What the ledger is told of a medium, or why the run cannot go on.</summary>
internal sealed record InspectedMedia(RunInput? Input, IReadOnlyList<NewRunEvent> Remarks, RunFailure? Failure);
