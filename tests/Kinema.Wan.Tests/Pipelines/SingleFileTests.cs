using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Text;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Single files generate the same video as the folder they were converted from.</summary>
public sealed class SingleFileTests
{
    private static readonly WanOptions _float32 = new() { Precision = WanPrecision.Float32 };

    /// <summary>Checkpoints of three parts, each of another kind.</summary>
    public static TheoryData<string> OneTransformer => [.. TinyCheckpoint.All.Select(row => row.Data)
        .Except(FixtureFolder.CheckpointsWith("transformer_2").Select(row => row.Data)).Except(FixtureFolder.CheckpointsWith("image_encoder").Select(row => row.Data))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_folder_in_the_ComfyUI_layout(string name)
    {
        using var files = new SingleFiles(name);
        files.WriteComfyFolders();

        await ShouldGiveTheSame(name, new() { Folder = files.Folder });
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Files_named_one_by_one_with_the_tokenizer_beside(string name)
    {
        using var files = new SingleFiles(name);
        files.WriteComfyFolders();
        files.WriteText("text_encoders/plain.safetensors", withTokenizer: false);
        var (text, tokenizer) = (Path.Combine(files.Folder, "text_encoders", "plain.safetensors"), Path.Combine(files.Folder, "somewhere.model"));
        await File.WriteAllBytesAsync(tokenizer, SentencePieceBytes.Letters(), Ct);

        (await Refusal(new() { Folder = files.Folder, TextEncoder = text })).ShouldContain($"{text} carries no tokenizer");
        await ShouldGiveTheSame(name, new() { Folder = files.Folder, TextEncoder = text, Tokenizer = tokenizer });
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_folder_in_the_Diffusers_layout_with_parts_replaced(string name)
    {
        using var files = new SingleFiles(name);
        files.WriteVae("vae.safetensors");
        files.WriteText("text.safetensors");
        using var folder = Folder(name);

        await ShouldGiveTheSame(name, new()
        {
            Folder = folder.Folder,
            Vae = Path.Combine(files.Folder, "vae.safetensors"),
            TextEncoder = Path.Combine(files.Folder, "text.safetensors"),
            Transformer = files.WriteTransformer("transformer.safetensors", "transformer"),
        });
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Eight_bit_matrices_with_their_scales_give_what_the_same_numbers_give_in_full(string name)
    {
        using var files = new SingleFiles(name);
        var (scaled, unscaled) = files.WriteScaledTransformer("transformer");
        using var folder = Folder(name);

        var expected = await Frames(new() { Folder = folder.Folder, Transformer = unscaled });
        var frames = await Frames(new() { Folder = folder.Folder, Transformer = scaled });

        Difference(frames, expected).ShouldBeLessThanOrEqualTo(1);
        Difference(frames, await Frames(new() { Folder = folder.Folder })).ShouldBeGreaterThan(1);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(OneTransformer))]
    public async Task One_file_that_holds_everything(string name)
    {
        using var files = new SingleFiles(name);
        files.WriteAllInOne("all.safetensors");

        await ShouldGiveTheSame(name, new() { Folder = files.Folder });
    }

    private static TinyCheckpoint Folder(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        File.Delete(Path.Combine(checkpoint.Folder, "tokenizer", "tokenizer.json"));
        File.WriteAllBytes(Path.Combine(checkpoint.Folder, "tokenizer", "spiece.model"), SentencePieceBytes.Letters());
        return checkpoint;
    }

    private static async Task ShouldGiveTheSame(string name, WanFiles files)
    {
        using var folder = Folder(name);
        using var single = await WanPipeline.LoadAsync(files, _float32, cancellationToken: Ct);
        using var whole = await WanPipeline.LoadAsync(folder.Folder, _float32, cancellationToken: Ct);
        single.Family.ShouldBe(whole.Family);

        // Single files have no scheduler config.
        var request = TinyCheckpoint.Request(whole.Family) with { FlowShift = 3 };
        (single.Plan(request) with { CheckpointDigest = "", CheckpointFiles = [] }).ShouldBe(whole.Plan(request) with { CheckpointDigest = "", CheckpointFiles = [] });
        Difference(await Videos.Of(single, request), await Videos.Of(whole, request)).ShouldBeLessThanOrEqualTo(1);
    }

    private static async Task<string> Refusal(WanFiles files) =>
        (await Should.ThrowAsync<CheckpointException>(() => WanPipeline.LoadAsync(files, _float32, cancellationToken: Ct))).Message;

    private static async Task<List<RgbImage>> Frames(WanFiles files)
    {
        using var pipeline = await WanPipeline.LoadAsync(files, _float32, cancellationToken: Ct);
        return await Videos.Of(pipeline, TinyCheckpoint.Request(pipeline.Family));
    }

    /// <summary>The largest difference of a colour, of 255. In another file a tensor has another address, where kernels may sum in another order: 1 is rounding.</summary>
    private static int Difference(List<RgbImage> some, List<RgbImage> others)
    {
        some.Count.ShouldBe(others.Count);
        return some.Zip(others, (one, other) => one.Pixels.ToArray().Zip(other.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max()).Max();
    }
}
