using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Images;

/// <summary>Pictures cut at every byte and with bytes changed at random, from fixed seeds: each is accepted or refused, and nothing else happens.</summary>
public sealed class HostilePictureTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ImageInspector _inspector = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions { MaxDecodedPixels = 2_000_000 }));

    public static TheoryData<string> Kinds { get; } =
        ["png", "png cicp", "png gray profile", "jpeg", "jpeg gray profile", "jpeg progressive", "jpeg restart", "webp", "webp animated", "bmp alpha"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_cut_anywhere_is_accepted_or_refused(string kind)
    {
        var whole = Make(kind);
        for (var length = 0; length < whole.Length; length += length < 700 || length > whole.Length - 300 ? 1 : 97)
            Try(whole[..length]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_picture_is_accepted_or_refused(string kind) => Change(kind, seed: 1, files: 150);

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Set", "long")]
    public void Many_more_changed_pictures_are_accepted_or_refused(string kind) => Change(kind, seed: 2, files: 2000);

    [Fact]
    public void A_stated_length_takes_no_memory()
    {
        var huge = Pictures.Png();
        byte[] chunk = PngBytes.Chunk("iCCP"u8, new byte[8]);
        (chunk[0], chunk[1], chunk[2], chunk[3]) = (0x7F, 0xFF, 0xFF, 0xFF);
        byte[] png = [.. huge[..33], .. chunk, .. huge[33..]];
        byte[] webp = [.. Pictures.WebpWithExif(Pictures.Exif(6))];
        webp.AsSpan(webp.AsSpan().IndexOf("EXIF"u8) + 4, 4).Fill(0xFF);

        foreach (var bytes in (byte[][])[png, webp])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _inspector.Inspect(bytes, Pictures.Limits);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        }
    }

    /// <summary>The profile of a small file unpacks to more than is ever read.</summary>
    [Fact]
    public void A_profile_that_unpacks_without_end_is_read_up_to_its_limit()
    {
        var bomb = PngBytes.WithProfile(PngBytes.Deep(240, 240, (_, _) => [0]), new byte[300_000_000]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _inspector.Inspect(bomb, Pictures.Limits).Problem.ShouldBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(6_000_000);
    }

    private static byte[] Make(string kind) => kind switch
    {
        "png" => PngBytes.WithLastChunk(Pictures.Png(240, 240), "eXIf"u8, Pictures.Exif(6)),
        "png cicp" => PngBytes.WithChunk(PngBytes.Deep(240, 240, (x, y) => [(ushort)(x * 200), (ushort)(y * 200), 9]), "cICP"u8, [9, 18, 0, 1]),
        "png gray profile" => PngBytes.WithProfile(PngBytes.Deep(240, 240, (x, _) => [(ushort)(x * 200)]), IccBytes.Gray("Lab ", IccBytes.Parametric(1.2, 1, 0, 0.5, 0.1))),
        "jpeg" => Pictures.WithOrientation(Pictures.Jpeg(240, 240), 6),
        "jpeg gray profile" => Pictures.GrayJpeg(IccBytes.Gray("Lab ", IccBytes.Table(x => x))),
        "jpeg progressive" => CaseFiles.Bytes("jpeg-progressive.jpg"),
        "jpeg restart" => CaseFiles.Bytes("jpeg-progressive-restart.jpg"),
        "webp" => Pictures.WebpWithExif(Pictures.Exif(8)),
        "webp animated" => Pictures.AnimatedWebp(1),
        _ => BmpBytes.WithAlpha(240, 240, (_, _) => 0),
    };

    private void Change(string kind, int seed, int files)
    {
        var whole = Make(kind);
        var random = new Random(seed);
        for (var file = 0; file < files; file++)
        {
            byte[] changed = [.. whole];
            // The structure is where a change does most; the rest of the time it is anywhere.
            for (var flip = random.Next(1, 8); flip > 0; flip--)
                changed[random.Next(2) == 0 ? random.Next(changed.Length) : random.Next(Math.Min(700, changed.Length))] ^= (byte)(1 << random.Next(8));
            Try(changed);
        }
    }

    private void Try(byte[] bytes)
    {
        var verdict = _inspector.Inspect(bytes, Pictures.Limits with { MinSide = null });
        if (verdict.Problem is not null)
        {
            verdict.Message.ShouldNotBeNullOrEmpty();
            return;
        }

        try
        {
            var image = _reader.Read(Pictures.Input(_folder.Write("picture", bytes)), TestContext.Current.CancellationToken);
            (image.Width, image.Height).ShouldBe((verdict.Width, verdict.Height));
        }
        catch (EngineException e)
        {
            e.Code.ShouldBe("INPUT_MEDIA_INVALID");
        }
    }
}
