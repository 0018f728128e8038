using System.Diagnostics;
using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Ffmpeg;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Ffmpeg;

[UnsupportedOSPlatform("windows")]
public sealed class VideoEncoderTests : IDisposable
{
    private static readonly VideoFormat _small = new(320, 240, 30, 45);
    private static readonly Dictionary<string, string> _noMetadata = [];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Output => _folder.Path("out.part");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_is_h264_high_tagged_bt709_at_a_constant_30_frames_a_second()
    {
        await EncodeAsync(_noMetadata);

        var stream = Tool.Probe(Output)["streams"]![0]!;
        string? Field(string name) => stream[name]?.ToString();
        Field("codec_name").ShouldBe("h264");
        Field("profile").ShouldBe("High");
        Field("pix_fmt").ShouldBe("yuv420p");
        (Field("color_space"), Field("color_transfer"), Field("color_primaries"), Field("color_range")).ShouldBe(("bt709", "bt709", "bt709", "tv"));
        Field("chroma_location").ShouldBe("left");
        (Field("width"), Field("height"), Field("nb_read_frames")).ShouldBe(("320", "240", "45"));
        (Field("r_frame_rate"), Field("avg_frame_rate"), Field("duration")).ShouldBe(("30/1", "30/1", "1.500000"));
        Field("has_b_frames").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_index_precedes_the_frames_so_that_players_start_at_once()
    {
        await EncodeAsync(_noMetadata);

        Tool.Boxes(Output).Where(box => box is "ftyp" or "moov" or "mdat").ShouldBe(["ftyp", "moov", "mdat"]);
    }

    [Fact]
    public async Task Metadata_are_kept_as_given()
    {
        await EncodeAsync(new Dictionary<string, string> { ["kinema.run_id"] = "0190-42", ["kinema.note"] = "=made by a machine; 由机器制作" });

        var tags = Tool.Probe(Output)["format"]!["tags"]!;
        tags["kinema.run_id"]!.ToString().ShouldBe("0190-42");
        tags["kinema.note"]!.ToString().ShouldBe("=made by a machine; 由机器制作");
    }

    [Fact]
    public void A_metadata_key_that_would_be_misread_is_refused() =>
        Should.Throw<ArgumentException>(() => Encoder().Start(_small, Output, new Dictionary<string, string> { ["a=b"] = "c" }));

    [Fact]
    public async Task The_same_frames_give_the_same_file()
    {
        await EncodeAsync(_noMetadata);
        var first = await File.ReadAllBytesAsync(Output, Ct);
        await EncodeAsync(_noMetadata);

        (await File.ReadAllBytesAsync(Output, Ct)).ShouldBe(first);
    }

    [Fact]
    public void A_missing_encoder_is_named_with_the_command_that_installs_it()
    {
        var encoder = Encoder(new MediaOptions { FfmpegPath = "/nowhere/ffmpeg" });

        Should.Throw<EncodingException>(() => encoder.Start(_small, Output, _noMetadata))
            .Message.ShouldBe("'/nowhere/ffmpeg' is not there (Media:FfmpegPath); install it with: apt-get install -y ffmpeg");
    }

    [Fact]
    public async Task An_encoder_killed_midway_fails_the_next_frames()
    {
        await using var encoding = Encoder().Start(_small with { FrameCount = 1000 }, Output, _noMetadata);
        await encoding.WriteAsync(Frame(0), Ct);
        using var process = Process.GetProcessById(await RunningEncoderAsync());
        process.Kill();
        await process.WaitForExitAsync(Ct);

        var failure = await Should.ThrowAsync<EncodingException>(async () => await WriteAllAsync(encoding, 1, 999));

        failure.Message.ShouldStartWith("the encoder ended before it could take a frame after ");
    }

    [Fact]
    public async Task A_failing_encoders_stderr_is_reported_without_the_file_path()
    {
        await using var encoding = Encoder().Start(_small with { FrameCount = 1 }, _folder.Path("no/such/folder"), _noMetadata);

        var failure = await Should.ThrowAsync<EncodingException>(async () =>
        {
            await encoding.WriteAsync(Frame(0), Ct);
            await encoding.FinishAsync(Ct);
        });

        failure.Message.ShouldContain("No such file or directory");
        failure.Message.ShouldNotContain(_folder.Path(""));
    }

    [Fact]
    public async Task Only_the_end_of_a_long_stderr_is_quoted()
    {
        var program = _folder.Script("talkative", "i=0; while [ $i -lt 5000 ]; do echo nonsense nonsense >&2; i=$((i+1)); done; echo the end >&2; exit 3");
        await using var encoding = Encoder(new MediaOptions { FfmpegPath = program }).Start(_small with { FrameCount = 0 }, Output, _noMetadata);

        var failure = await Should.ThrowAsync<EncodingException>(async () => await encoding.FinishAsync(Ct));

        failure.Message.ShouldStartWith("the encoder ended with code 3");
        failure.Message.ShouldEndWith("the end");
        failure.Message.Length.ShouldBeLessThan(2200);
    }

    [Fact]
    public async Task Cancelling_midway_leaves_no_process()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var encoding = Encoder().Start(_small, Output, _noMetadata);
        await encoding.WriteAsync(Frame(0), Ct);
        await RunningEncoderAsync();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await encoding.WriteAsync(Frame(1), cancel.Token));

        Processes.Naming(Output).ShouldBeEmpty();
    }

    [Fact]
    public async Task Disposing_midway_leaves_no_process()
    {
        await using (var encoding = Encoder().Start(_small, Output, _noMetadata))
            await encoding.WriteAsync(Frame(0), Ct);

        Processes.Naming(Output).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_encoder_that_reads_nothing_is_killed_after_the_idle_timeout()
    {
        var program = _folder.Script("deaf", "exec sleep 600");
        var large = new VideoFormat(1280, 720, 30, 2);
        await using var encoding = Encoder(new MediaOptions { FfmpegPath = program, IdleTimeoutSeconds = 1 }).Start(large, Output, _noMetadata);

        var failure = await Should.ThrowAsync<EncodingException>(async () => await encoding.WriteAsync(new byte[large.FrameBytes], Ct));

        failure.Message.ShouldBe("the encoder did not take a frame within 1 seconds after 0 of 2 frames");
    }

    [Fact]
    public async Task Too_few_frames_are_refused_at_the_end()
    {
        await using var encoding = Encoder().Start(_small, Output, _noMetadata);
        await WriteAllAsync(encoding, 0, 44);

        (await Should.ThrowAsync<EncodingException>(async () => await encoding.FinishAsync(Ct))).Message.ShouldBe("45 frames were announced; only 44 came");
    }

    [Fact]
    public async Task One_frame_too_many_is_refused()
    {
        await using var encoding = Encoder().Start(_small, Output, _noMetadata);
        await WriteAllAsync(encoding, 0, 45);

        (await Should.ThrowAsync<EncodingException>(async () => await encoding.WriteAsync(Frame(45), Ct))).Message.ShouldBe("45 frames were announced; one more came");
    }

    [Fact]
    public async Task A_frame_of_another_size_is_refused()
    {
        await using var encoding = Encoder().Start(_small, Output, _noMetadata);

        (await Should.ThrowAsync<EncodingException>(async () => await encoding.WriteAsync(new byte[99], Ct))).Message.ShouldContain("115200 bytes; got 99");
    }

    [Fact]
    public async Task The_encoder_runs_with_an_empty_environment_and_under_limits()
    {
        await using var encoding = Encoder(new MediaOptions { MemoryLimitMiB = 1500, CpuSecondsLimit = 77 }).Start(_small, Output, _noMetadata);
        // More than the pipe holds: the encoder itself has begun to read.
        await WriteAllAsync(encoding, 0, 20);
        var id = await RunningEncoderAsync();

        var limits = await File.ReadAllLinesAsync($"/proc/{id}/limits", Ct);
        (await File.ReadAllTextAsync($"/proc/{id}/environ", Ct)).ShouldBe("LC_ALL=C\0");
        limits.Single(line => line.StartsWith("Max address space", StringComparison.Ordinal)).ShouldContain((1500L << 20).ToString());
        limits.Single(line => line.StartsWith("Max cpu time", StringComparison.Ordinal)).ShouldContain(" 77 ");
    }

    private static VideoEncoder Encoder(MediaOptions? options = null) =>
        new(Options.Create(options ?? new MediaOptions()), TimeProvider.System, NullLogger<VideoEncoder>.Instance);

    private async Task EncodeAsync(IReadOnlyDictionary<string, string> metadata)
    {
        await using var encoding = Encoder().Start(_small, Output, metadata);
        await WriteAllAsync(encoding, 0, _small.FrameCount);
        await encoding.FinishAsync(Ct);
    }

    private static async Task WriteAllAsync(IVideoEncoding encoding, int from, int count)
    {
        for (var i = from; i < from + count; i++)
            await encoding.WriteAsync(Frame(i), Ct);
    }

    private static byte[] Frame(int index)
    {
        var frame = new byte[_small.FrameBytes];
        for (var i = 0; i < frame.Length; i++)
            frame[i] = i < 320 * 240 ? (byte)(16 + (((i % 320) + index) % 200)) : (byte)128;
        return frame;
    }

    /// <summary>The encoder itself, once the programs that limit it have made way for it.</summary>
    private async Task<int> RunningEncoderAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (Processes.Naming(Output) is [var id] && (await File.ReadAllTextAsync($"/proc/{id}/comm", Ct)).Trim() == "ffmpeg")
                return id;
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }
    }
}
