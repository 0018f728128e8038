namespace Kinema.Media.AudioVideo.H264;

/// <summary>Finds missing pictures and refreshes by what the pictures of an H.264 video say of themselves, without decoding any.</summary>
/// <remarks>
/// ISO/IEC 14496-10, 7.4.3: the number of a picture is one higher than that of the one before on which others build, and 0 where a decoder can begin. Streams may
/// allow gaps: where a layer of pictures was taken out on purpose, no other builds on it. A decoder tells less: it takes numbers of pictures on which none builds for
/// others, and does not compare equal ones.
/// </remarks>
internal static class PictureNumbers
{
    /// <summary>A share of gaps from which on they are rather an encoder's way to count than losses.</summary>
    private const int SuspiciousShare = 4;

    /// <summary>Pictures in which a refresh is looked for: more than a clip of the longest length has.</summary>
    private const int LongestRefresh = 2000;

    /// <summary>Tells packets which of them stand behind a missing picture, and at which a refresh begins.</summary>
    /// <param name="pictures">Null where a packet could not be read.</param>
    public static IReadOnlyList<ProbeLine> Mark(IReadOnlyList<ProbeLine> packets, IReadOnlyList<CodedPicture?> pictures)
    {
        var gaps = FindGaps(pictures, countsAll: false);
        // Some encoders count all pictures, as decoders allow.
        if (gaps.Count > pictures.Count / SuspiciousShare)
            gaps = FindGaps(pictures, countsAll: true);
        return [.. packets.Select((packet, i) => packet with { IsBehindGap = gaps.Contains(i), RefreshedAt = FindRefresh(pictures, i) is { } last ? packets[last].Time : null })];
    }

    private static HashSet<int> FindGaps(IReadOnlyList<CodedPicture?> pictures, bool countsAll)
    {
        HashSet<int> gaps = [];
        CodedPicture? before = null;
        foreach (var (i, read) in pictures.Index())
        {
            if (read is not { } picture)
                continue;
            if (before is not null && !picture.IsStart && !picture.Sequence.AllowsGaps && !Follows(picture, before, countsAll))
            {
                gaps.Add(i);
                before = picture with { Number = (picture.Number - 1) & picture.Sequence.LastNumber };
            }

            if (picture.IsBase || countsAll)
                before = picture;
        }

        return gaps;
    }

    private static bool Follows(CodedPicture picture, CodedPicture before, bool mayBeEqual) =>
        picture.Number == ((before.Number + 1) & picture.Sequence.LastNumber)
        || ((picture.IsField || mayBeEqual) && picture.Number == before.Number)
        // A picture may begin the numbers anew for those behind it (8.2.1, memory management control operation 5).
        || (before is { IsIntra: true, IsStart: false } && picture.Number <= 1);

    /// <returns>The picture with which a refresh that begins here is complete.</returns>
    private static int? FindRefresh(IReadOnlyList<CodedPicture?> pictures, int begin)
    {
        if (pictures[begin] is not { IsStart: false, RefreshNumbers: { } numbers } first)
            return null;

        var wanted = (first.Number + numbers) & first.Sequence.LastNumber;
        for (var i = begin; i < pictures.Count && i < begin + LongestRefresh; i++)
        {
            if (pictures[i] is { IsBase: true } picture && picture.Number == wanted)
                return i;
        }

        return null;
    }
}
