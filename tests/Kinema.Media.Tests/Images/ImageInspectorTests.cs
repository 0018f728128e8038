using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

public sealed class ImageInspectorTests
{
    private static readonly byte[] _jpeg = Pictures.Jpeg();
    private static readonly byte[] _png = Pictures.Png();

    private readonly ImageInspector _inspector = new();

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/png")]
    [InlineData("image/webp")]
    [InlineData("image/bmp")]
    public void A_still_of_an_allowed_type_is_accepted_with_its_size(string type)
    {
        var bytes = type switch
        {
            "image/jpeg" => Pictures.Jpeg(),
            "image/png" => Pictures.Png(),
            "image/bmp" => Pictures.Bmp(),
            _ => Pictures.Encode(SKEncodedImageFormat.Webp),
        };

        _inspector.Inspect(bytes, Pictures.Limits).ShouldBe(new ImageInspection(null, null, type, 320, 240, false));
    }

    [Fact]
    public void A_file_is_inspected_like_the_same_bytes_in_memory()
    {
        using var folder = new Folder();
        foreach (var bytes in new[] { Pictures.Png(), Pictures.AnimatedPng(), Pictures.Jpeg()[..40], "<html>"u8.ToArray() })
            _inspector.Inspect(folder.Write("picture.jpg", bytes), Pictures.Limits).ShouldBe(_inspector.Inspect(bytes, Pictures.Limits));
    }

    /// <summary>The beginning of a file is read at once, and what stands behind it apart.</summary>
    [Fact]
    public void A_header_of_any_length_is_read()
    {
        using var folder = new Folder();
        foreach (var length in (int[])[.. Enumerable.Range(3400, 800), 60_000])
        {
            var padding = new byte[length];
            foreach (var bytes in (byte[][])[Pictures.WithOrientation(Pictures.WithSegment(_jpeg, padding), 6), PngBytes.WithChunk(PngBytes.WithChunk(_png, "eXIf"u8, Pictures.Exif(6)), "prVt"u8, padding)])
            {
                var verdict = _inspector.Inspect(folder.Write("picture", bytes), Pictures.Limits);

                (verdict.Message, verdict.Width, verdict.Height).ShouldBe((null, 240, 320), $"{length}");
                verdict.ShouldBe(_inspector.Inspect(bytes, Pictures.Limits));
            }
        }
    }

    [Fact]
    public void Too_many_bytes_are_refused_with_both_numbers()
    {
        var bytes = Pictures.Png();
        var verdict = _inspector.Inspect(bytes, Pictures.Limits with { MaxBytes = bytes.Length - 1 });

        verdict.Problem.ShouldBe(MediaProblem.TooLarge);
        verdict.Message!.ShouldStartWith("the image is too large: ");
        _inspector.Inspect(bytes, Pictures.Limits with { MaxBytes = bytes.Length }).Problem.ShouldBeNull();
    }

    [Theory]
    [InlineData(8000, 5000, null, null)]
    [InlineData(8000, 5001, MediaProblem.TooLarge, "the image has 8000×5001 pixels (40 megapixels); at most 40 megapixels are allowed")]
    [InlineData(30000, 30000, MediaProblem.TooLarge, "the image has 30000×30000 pixels (900 megapixels); at most 40 megapixels are allowed")]
    [InlineData(240, 240, null, null)]
    [InlineData(239, 240, MediaProblem.Invalid, "the image has 239×240 pixels; each side must be at least 240 pixels")]
    [InlineData(640, 239, MediaProblem.Invalid, "the image has 640×239 pixels; each side must be at least 240 pixels")]
    [InlineData(8001, 2000, MediaProblem.Invalid, "the image has 8001×2000 pixels; each side must be at most 8000 pixels")]
    [InlineData(2000, 8001, MediaProblem.Invalid, "the image has 2000×8001 pixels; each side must be at most 8000 pixels")]
    [InlineData(1920, 240, null, null)]
    [InlineData(1921, 240, MediaProblem.Invalid, "the image has 1921×240 pixels; its shape must be from 1:8 to 8:1")]
    [InlineData(240, 1921, MediaProblem.Invalid, "the image has 240×1921 pixels; its shape must be from 1:8 to 8:1")]
    public void The_aspect_ratio_is_checked_from_the_header_alone(int width, int height, MediaProblem? problem, string? message)
    {
        var verdict = _inspector.Inspect(Pictures.PngHeader(width, height), Pictures.Limits);

        (verdict.Problem, verdict.Message).ShouldBe((problem, message));
    }

    [Theory]
    [InlineData("GIF89a...", "image/gif", "GIF")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "SVG")]
    [InlineData("<?xml version='1.0'?><svg/>", "image/svg+xml", "SVG")]
    [InlineData("<!DOCTYPE html><title>404</title>", "text/html", "HTML")]
    [InlineData("{\"a\":1}", "text/plain", "text")]
    [InlineData("%PDF-1.7", "application/pdf", "PDF")]
    [InlineData("\0\0\0\u0018ftypavif....", "image/avif", "AVIF")]
    [InlineData("\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf", "image/avif", "AVIF")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "image/heic", "HEIC")]
    [InlineData("\0\0\0\u0018ftypheim\0\0\0\0mif1heim", "image/heic", "HEIC")]
    [InlineData("\0\0\0\u0014ftypmif1\0\0\0\0mif1avif", "image/heif", "HEIF")]
    [InlineData("\u00FF\n\u00FA\u001F", "image/jxl", "JPEG XL")]
    [InlineData("\0\0\0\u000CJXL \r\n\u0087\n\0\0\0\u0014ftypjxl ", "image/jxl", "JPEG XL")]
    [InlineData("\0\0\0\u000CjP  \r\n\u0087\n\0\0\0\u0014ftypjp2 ", "image/jp2", "JPEG 2000")]
    [InlineData("\0\0\0\u0018ftypisom....", "video/mp4", "MP4")]
    [InlineData("\x01\x02\x03", "application/octet-stream", "an unknown format")]
    [InlineData("", "application/x-empty", "empty")]
    public void Anything_else_is_named_by_its_content(string content, string type, string name)
    {
        var verdict = _inspector.Inspect(System.Text.Encoding.Latin1.GetBytes(content), Pictures.Limits);

        verdict.Problem.ShouldBe(MediaProblem.Invalid);
        verdict.ContentType.ShouldBe(type);
        verdict.Message.ShouldBe($"the image is {name} by its content; allowed are JPEG, PNG, BMP, WEBP");
    }

    [Fact]
    public void An_animated_png_is_refused() => Animated(Pictures.AnimatedPng(), "PNG");

    [Fact]
    public void An_animated_webp_is_refused() => Animated(Pictures.AnimatedWebp(), "WEBP");

    [Fact]
    public void An_animation_container_with_one_frame_is_accepted()
    {
        foreach (var bytes in (byte[][])[CaseFiles.Bytes("apng-1frame.png"), CaseFiles.Bytes("webp-1frame-anim.webp"), Pictures.AnimatedWebp(frames: 1)])
            _inspector.Inspect(bytes, Pictures.Limits).Problem.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, null, false, "has an alpha channel that is 0 everywhere; it was taken as opaque")]
    [InlineData(1, null, true, null)]
    [InlineData(255, null, true, null)]
    public void Alpha_that_is_0_everywhere_in_a_bitmap_is_no_transparency(byte last, MediaProblem? problem, bool hasAlpha, string? note)
    {
        var verdict = _inspector.Inspect(BmpBytes.WithAlpha(320, 240, (x, y) => x == 319 && y == 0 ? last : (byte)0), Pictures.Limits);

        (verdict.Problem, verdict.HasAlpha, verdict.Note).ShouldBe((problem, hasAlpha, note));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("image/webp")]
    public void A_header_cut_short_is_refused(string type)
    {
        byte[] bytes = type switch
        {
            "image/png" => Pictures.Png(),
            "image/jpeg" => Pictures.Jpeg(),
            _ => Pictures.Encode(SKEncodedImageFormat.Webp),
        };
        var verdict = _inspector.Inspect(bytes.AsMemory(0, 16), Pictures.Limits);

        verdict.Problem.ShouldBe(MediaProblem.Invalid);
        verdict.Message!.ShouldContain("its header cannot be read");
    }

    [Theory]
    [InlineData(1, 400, 300)]
    [InlineData(3, 400, 300)]
    [InlineData(5, 300, 400)]
    [InlineData(6, 300, 400)]
    [InlineData(8, 300, 400)]
    public void The_size_is_the_one_seen_after_orientation(int orientation, int width, int height)
    {
        var verdict = _inspector.Inspect(Pictures.WithOrientation(Pictures.Jpeg(400, 300), orientation), Pictures.Limits);

        (verdict.Width, verdict.Height).ShouldBe((width, height));
    }

    [Fact]
    public void Transparency_is_accepted_and_reported()
    {
        using var bitmap = new SKBitmap(300, 300, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var verdict = _inspector.Inspect(png.ToArray(), Pictures.Limits);

        (verdict.Problem, verdict.HasAlpha).ShouldBe((null, true));
    }

    private void Animated(byte[] bytes, string name) =>
        _inspector.Inspect(bytes, Pictures.Limits).Message.ShouldBe($"the image is an animated {name}; a single still frame is allowed");
}
