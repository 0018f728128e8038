using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Tests.Checkpoints.Gguf;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Text;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>GGUF files of a transformer and a text encoder make the video that their numbers make in safetensors files.</summary>
public sealed class GgufFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Files_for_ComfyUI_as_stored_and_widened(string name)
    {
        using var folder = new TinyCheckpoint(name);
        using var files = new TemporaryFolder();
        File.Delete(Path.Combine(folder.Folder, "tokenizer", "tokenizer.json"));
        File.WriteAllBytes(Path.Combine(folder.Folder, "tokenizer", "spiece.model"), SentencePieceBytes.Letters());
        var (transformer, plain) = Write(name, "transformer", "wan-Q5_1", files, OriginalNames.Transformer);
        var (text, plainText) = Write(name, "text_encoder", "umt5-Q8_0", files, LlamaCpp);

        var expected = await Frames(new() { Folder = folder.Folder, Transformer = plain, TextEncoder = plainText }, WanResident.Widened);
        foreach (var resident in Enum.GetValues<WanResident>())
        {
            var frames = await Frames(new() { Folder = folder.Folder, Transformer = transformer, TextEncoder = text }, resident);

            // In another file a tensor has another address, where kernels may sum in another order: 1 is rounding.
            frames.Zip(expected, (one, other) => one.Pixels.ToArray().Zip(other.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max()).Max().ShouldBeLessThanOrEqualTo(1, resident.ToString());
        }
    }

    private static async Task<List<RgbImage>> Frames(WanFiles files, WanResident resident)
    {
        using var pipeline = await WanPipeline.LoadAsync(files, new() { Precision = WanPrecision.Float32, Resident = resident }, cancellationToken: Ct);
        return await Videos.Of(pipeline, TinyCheckpoint.Request(pipeline.Family));
    }

    /// <summary>Matrices whose rows are whole blocks in blocks, the others in float16, as converters write them; and the same numbers as safetensors.</summary>
    private static (string Gguf, string Safetensors) Write(string name, string part, string file, TemporaryFolder folder, Func<string, string> rename)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = Weights.Load(FixtureFolder.Checkpoint(name, part), new Precision(torch.float32), torch.CPU, ct: Ct);
        var type = file.EndsWith("Q8_0", StringComparison.Ordinal) ? StoredType.Q8_0 : StoredType.Q5_1;
        var (gguf, safetensors) = (new GgufWriter().Text("general.architecture", part == "transformer" ? "wan" : "t5encoder"), new SafetensorsWriter());
        foreach (var stored in weights.Names.Where(tensor => tensor != "encoder.embed_tokens.weight" || !weights.Has("shared.weight")))
        {
            var tensor = weights.Peek(stored);
            if (tensor.dim() == 2 && tensor.shape[1] % type.BlockLength() == 0)
            {
                tensor = gguf.Tensor(rename(stored), tensor, type);
            }
            else
            {
                tensor = tensor.to_type(torch.float16).to_type(torch.float32);
                gguf.Tensor(rename(stored), tensor, half: true);
            }

            safetensors.Add(stored, tensor);
        }

        foreach (var extension in new[] { ".json", ".plain.json" })
            File.Copy(FixtureFolder.Checkpoint(name, Path.Combine(part, "config.json")), folder.File(file + extension));
        return (gguf.Save(folder.File($"{file}.gguf")), safetensors.Save(folder.File($"{file}.plain.safetensors")));
    }

    /// <summary>llama.cpp's names, by replacement.</summary>
    private static string LlamaCpp(string name) => new[]
    {
        ("encoder.block.", "enc.blk."), ("layer.0.SelfAttention.relative_attention_bias", "attn_rel_b"), ("layer.0.SelfAttention.", "attn_"), ("layer.0.layer_norm", "attn_norm"),
        ("layer.1.layer_norm", "ffn_norm"), ("layer.1.DenseReluDense.wi_0", "ffn_gate"), ("layer.1.DenseReluDense.wi_1", "ffn_up"), ("layer.1.DenseReluDense.wo", "ffn_down"),
        ("encoder.final_layer_norm", "enc.output_norm"), ("shared", "token_embd"), ("encoder.embed_tokens", "token_embd"),
    }.Aggregate(name, (text, pair) => text.Replace(pair.Item1, pair.Item2, StringComparison.Ordinal));
}
