using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

/// <summary>Files that lie, are broken, or ask for something. Those marked so are refused before any program is started: there is none to start.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileClipTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();
    private readonly MediaServices _withoutPrograms = new(options => options.FfprobePath = "/nowhere/ffprobe");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n", "an HLS playlist")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n", "an ffconcat script")]
    [InlineData("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n", "an SDP session description")]
    [InlineData("<?xml version=\"1.0\"?><MPD type=\"static\"></MPD>", "a DASH manifest")]
    [InlineData("<!doctype html><html></html>", "HTML")]
    [InlineData("file:///etc/passwd", "text")]
    [InlineData("\u001aE\u07e3", "Matroska or WebM")]
    public async Task A_file_that_is_not_a_video_is_named_without_starting_a_process(string text, string kind)
    {
        var path = _folder.Write("clip.mp4", Encoding.UTF8.GetBytes(text));

        (await LookAsync(path)).ShouldBe($"must be an MP4 or MOV video; got {kind} by its content");
    }

    [Fact]
    public async Task Renamed_images_and_audio_are_named_without_starting_a_process()
    {
        (await LookAsync(_folder.Write("a.mp4", Pictures.Png()))).ShouldBe("must be an MP4 or MOV video; got PNG by its content");
        (await LookAsync(Clips.Tone(_folder, "tone.wav", 2))).ShouldBe("must be an MP4 or MOV video; got WAV by its content");
        (await LookAsync(_folder.Write("empty.mp4", []))).ShouldBe("must be an MP4 or MOV video; the file is empty");
    }

    [Theory]
    [InlineData("-movflags", "+faststart")]
    [InlineData]
    public async Task A_truncated_video_is_refused_without_starting_a_process(params string[] layout)
    {
        var whole = await File.ReadAllBytesAsync(Clips.Make(_folder, "clip.mp4", sound: true, more: [.. Clips.X264, .. layout]), Ct);

        foreach (var length in Enumerable.Range(1, 60).Select(i => whole.Length * i / 61).Concat([1, 7, 8, 12, 31, 32, 40, whole.Length - 8, whole.Length - 1]))
            (await LookAsync(_folder.Write("cut.mp4", whole[..length]))).ShouldNotBeNull($"{length} of {whole.Length} bytes");
    }

    [Fact]
    public async Task A_video_without_an_index_is_refused_with_that_reason()
    {
        var whole = await File.ReadAllBytesAsync(Clips.Make(_folder, "clip.mp4"), Ct);
        var index = whole.AsSpan().IndexOf("moov"u8) - 4;

        (await LookAsync(_folder.Write("cut.mp4", whole[..index]))).ShouldBe(
            "must be an MP4 or MOV video that can be played; it has no index (moov box); the file is cut short or was never finished");
    }

    [Fact]
    public async Task Huge_declared_dimensions_are_refused_without_starting_a_process()
    {
        var path = await RewriteAsync("stsd", content =>
        {
            BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(40), uint.MaxValue);
            return content;
        });

        (await LookAsync(path)).ShouldBe("must be an MP4 or MOV video with sides of 240 to 4096 pixels; got 65535×65535 pixels");
    }

    [Fact]
    public async Task Dimensions_that_only_the_stream_states_are_found()
    {
        var path = await RewriteAsync(
            "stsd",
            content =>
            {
                BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(40), 320);
                return content;
            },
            Clips.Make(_folder, "wide.mp4", size: "4352x544", rate: 4));

        (await InspectAsync(path)).Message.ShouldBe("must be an MP4 or MOV video with sides of 240 to 4096 pixels; got 4352×544 pixels");
    }

    [Fact]
    public async Task One_frame_shown_for_an_hour_is_too_long()
    {
        var path = _folder.Path("hour.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=gray:s=320x240:r=1/1800:d=3600", .. Clips.X264, path]);

        (await InspectAsync(path)).Message.ShouldBe("must be an MP4 or MOV video of 2 to 10 seconds; got 3600 seconds");
    }

    [Theory]
    [InlineData("mvhd", 16)]
    [InlineData("mdhd", 16)]
    [InlineData("tkhd", 20)]
    public async Task An_infinite_declared_duration_is_ignored(string box, int offset)
    {
        var path = await RewriteAsync(box, content =>
        {
            BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(offset), 0x7FFFFFFF);
            return content;
        });

        var verdict = await InspectAsync(path);

        verdict.Message.ShouldBeNull();
        verdict.Seconds.ShouldBe(2, 0.1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(int.MinValue)]
    public async Task A_malformed_edit_list_is_accepted_or_refused_without_a_crash(int start)
    {
        var path = await RewriteAsync("elst", content =>
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(12), start);
            return content;
        });

        var verdict = await InspectAsync(path);

        (verdict.Problem is not null || verdict.Seconds is > 1.8 and < 10.2).ShouldBeTrue(verdict.ToString());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData(null)]
    public async Task A_video_with_an_external_reference_is_refused_without_fetching_it(string? place)
    {
        using var tripwire = new Tripwire();
        byte[] entry = Mp4Bytes.Box("url ", [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(place ?? tripwire.Url), 0]);
        var path = await RewriteAsync("dref", _ => [0, 0, 0, 0, 0, 0, 0, 1, .. entry]);

        (await LookAsync(path)).ShouldBe("must be an MP4 or MOV video that can be played; it refers to another file");
        // And were our own look to miss it, the program would not go there either.
        await _media.Probe.DecodeVideoAsync("video/mp4", path, new("h264", 320, 240, 1, 0, "", "", "", ""), 5, Ct);
        tripwire.WasDialled.ShouldBeFalse();
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile {0}\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:{0}\n")]
    public async Task The_probe_never_follows_a_playlist_even_if_the_content_check_missed_it(string text)
    {
        using var tripwire = new Tripwire();
        var path = _folder.Write("list.mp4", Encoding.ASCII.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, tripwire.Url)));

        (await _media.Probe.FindStreamsAsync("video/mp4", path, Ct)).Streams.ShouldBeNull();

        tripwire.WasDialled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_probe_that_times_out_is_killed_and_the_file_refused()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        var slow = new MediaServices(options => (options.FfprobePath, options.ProbeSecondsLimit) = (_folder.Script("slow", "sleep 600; true"), 1));
        var clock = Stopwatch.StartNew();

        (await slow.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)).Message.ShouldBe(
            "must be an MP4 or MOV video that can be played; it could not be decoded within 1 seconds");

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        Processes.Naming(path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_probe_with_endless_output_is_killed_and_the_file_refused()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        var talkative = new MediaServices(options => options.FfprobePath = _folder.Script("talkative", "exec cat /dev/zero"));

        (await talkative.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)).Problem.ShouldBe(MediaProblem.Invalid);
    }

    [Fact]
    public async Task A_probe_over_its_memory_limit_ends_in_a_refusal()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        var poor = new MediaServices(options => options.MemoryLimitMiB = 16);

        (await poor.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)).Problem.ShouldBe(MediaProblem.Invalid);
    }

    [Fact]
    public async Task A_cancelled_probe_leaves_no_process()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var slow = new MediaServices(options => options.FfprobePath = _folder.Script("slow", "sleep 600; true"));

        await Should.ThrowAsync<OperationCanceledException>(() => slow.VideoInspector.InspectAsync(path, Clips.ClipLimits, cancel.Token));

        Processes.Naming(path).ShouldBeEmpty();
    }

    /// <summary>Asks where there is no program to start: what comes back was found by our own look.</summary>
    private async Task<string?> LookAsync(string path) => (await _withoutPrograms.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)).Message;

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);

    private async Task<string> RewriteAsync(string box, Func<byte[], byte[]> content, string? clip = null) =>
        _folder.Write("hostile.mp4", Mp4Bytes.Rewrite(await File.ReadAllBytesAsync(clip ?? Clips.Make(_folder, "clip.mp4"), Ct), box, content));
}
