using System.Globalization;
using Kinema.Media.AudioVideo;
using Kinema.Media.AudioVideo.H264;

namespace Kinema.Media.Tests.AudioVideo.H264;

/// <summary>Numbers from 0 to 15. S: a decoder can begin here, I: needs no other, P: others build on it, b: none does, f: a field.</summary>
public sealed class PictureNumbersTests
{
    private static readonly SequenceParameters _sequence = new(0, 4, AllowsGaps: false, HasFields: true, HasSeparatePlanes: false);

    [Theory]
    [InlineData("S0 P1 P2 P3", "")]
    [InlineData("S0 P1 P3 P4", "2")]
    [InlineData("P14 P15 P0 P1", "")]
    [InlineData("P14 P15 P1 P2", "2")]
    [InlineData("S0 P1 P2 P1 P2", "3")] // a start is missing
    [InlineData("S0 P1 P2 P2 P3", "3")] // a start is missing, and the numbers seem to stay
    [InlineData("S0 P1 P2 S0 S0 P1", "")]
    [InlineData("P1 b2 b2 P2 b3 b3 P3 b4", "")]
    [InlineData("P1 b2 b2 b3 b3 P3 b4", "3")] // P2 is missing
    [InlineData("P1 b2 P2 P3 b4", "")] // a picture on which none builds is missing
    [InlineData("P1 b2 P3 b4 P5 b6 P7", "")] // an encoder that counts all of them
    [InlineData("S0 f0 f1 f1 f2 f2", "")]
    [InlineData("S0 P1 I2 P1 P2", "")] // numbers that begin anew
    [InlineData("S0 P1 ? P3", "3")] // a picture that cannot be read
    public void A_gap_in_the_numbers_is_a_missing_picture(string pictures, string gaps)
    {
        CodedPicture?[] read = [.. pictures.Split(' ').Select(Parse)];

        var marked = PictureNumbers.Mark(new ProbeLine[read.Length], read);

        string.Join(' ', marked.Index().Where(packet => packet.Item.IsBehindGap).Select(packet => packet.Index)).ShouldBe(gaps);
    }

    [Fact]
    public void A_stream_that_allows_gaps_has_none()
    {
        CodedPicture[] read = [.. "S0 P1 P3 P5".Split(' ').Select(text => Parse(text)! with { Sequence = _sequence with { AllowsGaps = true } })];

        PictureNumbers.Mark(new ProbeLine[read.Length], read).ShouldAllBe(packet => !packet.IsBehindGap);
    }

    [Fact]
    public void A_refresh_is_complete_with_the_picture_others_build_on_that_has_the_promised_number()
    {
        CodedPicture?[] read = [.. "P14 b15 P15 b0 P0 b1 P1".Split(' ').Select(Parse)];
        read[0] = read[0]! with { RefreshNumbers = 2 };
        ProbeLine[] packets = [.. Enumerable.Range(0, read.Length).Select(i => ProbeLine.Read(FormattableString.Invariant($"packet|pts_time={i}.5"))!.Value)];

        var marked = PictureNumbers.Mark(packets, read);

        marked.Select(packet => packet.RefreshedAt).ShouldBe([4.5, null, null, null, null, null, null]);
    }

    private static CodedPicture? Parse(string text) => text[0] == '?' ? null : new(
        _sequence, uint.Parse(text.AsSpan(1), CultureInfo.InvariantCulture), text[0] == 'S', text[0] != 'b', text[0] is 'S' or 'I', text[0] == 'f', RefreshNumbers: null);
}
