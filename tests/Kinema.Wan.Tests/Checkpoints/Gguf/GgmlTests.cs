using System.Text.Json;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Blocks;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>Blocks and container, compared with ggml itself and with another reader.</summary>
[Trait("Set", "long")]
public sealed class GgmlTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Random_blocks_of_every_kind_give_what_ggml_gives_to_the_bit()
    {
        using var ggml = Ggml.Open();
        var random = new Random(7);
        var compared = 0;
        foreach (var type in BlockEncoder.Types)
        {
            var blocks = new byte[4096 / type.BlockLength() * 16 * type.BlockBytes()];
            random.NextBytes(blocks);
            // Scales of random bits would often be infinite or no number.
            foreach (var at in ScalesOf(type))
            {
                for (var block = 0; block < blocks.Length; block += type.BlockBytes())
                    BitConverter.TryWriteBytes(blocks.AsSpan(block + at), (Half)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-7, 3)))).ShouldBeTrue();
            }

            var expected = ggml.Dequantise(type, blocks);
            var numbers = new float[expected.Length];
            BlockConversion.ToSingle(type, blocks, numbers);

            for (var i = 0; i < numbers.Length; i++)
                BitConverter.SingleToUInt32Bits(numbers[i]).ShouldBe(BitConverter.SingleToUInt32Bits(expected[i] == 0 ? numbers[i] == 0 ? numbers[i] : expected[i] : expected[i]), $"{type}, number {i}: {numbers[i]}, ggml {expected[i]}");
            compared += numbers.Length;
        }

        output.WriteLine($"{compared} numbers equal");
    }

    [Fact]
    public void Another_reader_finds_the_same_tensors()
    {
        using var ggml = Ggml.Open();
        using var scope = torch.NewDisposeScope();
        var writer = new GgufWriter(alignment: 64).Text("general.architecture", "wan").Texts("tokens", "a", "", "ünï").Tensor("patch_embedding.weight", torch.randn([8, 4, 1, 2, 2]), half: true);
        foreach (var type in BlockEncoder.Types)
            writer.Tensor($"blocks.0.{type}.weight", torch.randn(3, 512), type);
        var path = writer.Tensor("head.bias", torch.randn(5)).Save(_folder.File("model.gguf"));
        var script = Path.Combine(_folder.Path, "read.mjs");
        File.WriteAllText(script, $$"""
            import { gguf } from "{{ggml.Folder}}/node_modules/@huggingface/gguf/dist/index.mjs";
            const { tensorInfos, tensorDataOffset } = await gguf(process.argv[2], { allowLocalFile: true });
            console.log(JSON.stringify(tensorInfos.map(t => ({ name: t.name, shape: t.shape.map(Number), type: t.dtype, offset: Number(t.offset) + Number(tensorDataOffset) }))));
            """);

        var (code, text) = Ggml.Run(ggml.Folder, "node", [script, path]);

        code.ShouldBe(0, text);
        using var file = WeightsFile.Open(path);
        using var read = JsonDocument.Parse(text);
        var others = read.RootElement.EnumerateArray().ToDictionary(
            tensor => tensor.GetProperty("name").GetString()!,
            tensor => (tensor.GetProperty("offset").GetInt64(), (uint)tensor.GetProperty("type").GetInt32(), string.Join(',', tensor.GetProperty("shape").EnumerateArray().Reverse())));
        others.Count.ShouldBe(file.Tensors.Count);
        foreach (var entry in file.Tensors.Values)
            others[entry.Name].ShouldBe((entry.Offset, GgufWriter.NumberOf(entry.Type), entry.Shape.Length > 4 ? "8,16" : string.Join(',', entry.Shape)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Where the float16 numbers of a block are.</summary>
    private static int[] ScalesOf(StoredType type) => type switch
    {
        StoredType.Q4_1 or StoredType.Q5_1 or StoredType.Q4_K or StoredType.Q5_K => [0, 2],
        StoredType.Q2_K => [80, 82],
        StoredType.Q3_K => [108],
        StoredType.Q6_K => [208],
        _ => [0],
    };
}
