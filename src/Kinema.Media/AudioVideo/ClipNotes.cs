using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>Notes on what a clip holds beside its pictures and sound, and how it is read.</summary>
internal static class ClipNotes
{
    public static IReadOnlyList<string> Of(ProbedStreams streams, VideoStreamInfo picture, ClipSound? sound)
    {
        List<string> notes = [];
        if (streams.Others.Count > 0)
            notes.Add($"also holds {List(streams.Others)}, left out");
        if (sound is { Track: > 0 })
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"has {streams.Audio.Count} audio tracks, of which number {sound.Track + 1} is heard: those before it cannot be decoded"));
        else if (sound is not null && streams.Audio.Count > 1)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"has {streams.Audio.Count} audio tracks, of which the first is heard"));
        if (picture.ChangesSize)
            notes.Add("changes the size of its pictures; all are scaled to the first one's shape");
        if (picture.Fields is { } fields)
            notes.Add($"is interlaced{Order(fields)}; it was deinterlaced");
        return notes;
    }

    private static string Order(FieldOrder fields) => fields switch
    {
        FieldOrder.TopFirst => " (top field first)",
        FieldOrder.BottomFirst => " (bottom field first)",
        _ => "",
    };

    private static string List(IReadOnlyList<string> items) => items.Count == 1 ? items[0] : string.Join(", ", items.SkipLast(1)) + " and " + items[^1];
}
