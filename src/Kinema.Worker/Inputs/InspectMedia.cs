using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Inputs;

/// <summary>Inspects a fetched medium according to its role.</summary>
internal sealed class InspectMedia(IImageInspector images, IVideoInspector videos, IAudioInspector audios)
{
    public async Task<InspectedMedia> HandleAsync(MediaField field, FetchedMedia fetched, CancellationToken ct)
    {
        var limits = field.Field.Media!;
        return field.Role switch
        {
            MediaRole.FirstFrame or MediaRole.LastFrame => Picture(field, fetched, images.Inspect(fetched.Path!, limits)),
            MediaRole.InputVideo => Timed(field, fetched, await videos.InspectAsync(fetched.Path!, limits, ct)),
            MediaRole.Audio => Timed(field, fetched, await audios.InspectAsync(fetched.Path!, limits, ct)),
            _ => throw new InvalidOperationException($"There is no inspection for {field.Role}."),
        };
    }

    private static InspectedMedia Picture(MediaField field, FetchedMedia fetched, ImageInspection inspection) => inspection.Problem is not null
        ? new(null, [], InputFailure.Rejected(field, inspection))
        : new(
            new(field.Field.Name, fetched.SourceUri, fetched.Digest!, inspection.ContentType, fetched.SizeBytes, inspection.Width, inspection.Height),
            [.. Remarks(field.Field.Name, inspection).Select(remark => RunEvents.Log("info", remark))],
            null);

    private static InspectedMedia Timed(MediaField field, FetchedMedia fetched, TimedMediaInspection inspection) => inspection.Problem is not null
        ? new(null, [], InputFailure.Rejected(field, inspection))
        : new(
            new(field.Field.Name, fetched.SourceUri, fetched.Digest!, inspection.ContentType, fetched.SizeBytes, inspection.Width, inspection.Height)
            {
                Seconds = inspection.Seconds,
                HasAudio = inspection.HasAudio,
                LostSeconds = inspection.LostSeconds,
                Details = inspection.Details,
            },
            [
                .. Remarks(field.Field.Name, inspection).Select(remark => RunEvents.Log("warning", remark)),
                .. inspection.Notes.Select(note => RunEvents.Log("info", $"input.{field.Field.Name} {note}.")),
            ],
            null);

    private static IEnumerable<string> Remarks(string field, ImageInspection inspection)
    {
        if (inspection.HasAlpha)
            yield return $"input.{field} has transparency; it was flattened on white.";
        if (inspection.Note is { } note)
            yield return $"input.{field} {note}.";
    }

    private static IEnumerable<string> Remarks(string field, TimedMediaInspection inspection)
    {
        if (inspection.HasUndecodableAudio)
            yield return $"input.{field} has audio that cannot be decoded; it was left out.";
        if (inspection.LostSeconds > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"input.{field} is damaged: {inspection.LostSeconds:0.##} seconds of its audio cannot be decoded and are missing.");
        if (inspection.UnheardSeconds > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"input.{field} holds several recordings one after the other; only the first is heard, {inspection.UnheardSeconds:0.##} seconds are not.");
        if (inspection.LostPictureSeconds > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"input.{field} is damaged: {inspection.LostPictureSeconds:0.##} seconds of its pictures are missing or smeared.");
    }
}

/// <summary>Result of inspecting a medium: the input to store, or the failure of the run.</summary>
internal sealed record InspectedMedia(RunInput? Input, IReadOnlyList<NewRunEvent> Remarks, RunFailure? Failure);
