using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints;

public sealed class WeightsTests
{
    private static readonly Precision _float32 = new(torch.float32);

    private static readonly string[] _parts = ["transformer", "transformer_2", "vae", "text_encoder", "image_encoder"];

    public static TheoryData<string> Models => [.. _parts
        .SelectMany(part => FixtureFolder.CheckpointsWith(part).Select(row => $"{row.Data}/{part}"))];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void Every_tensor_of_a_fixture_is_loaded_as_the_file_says(string model)
    {
        using var files = TensorSet.Open(FixtureFolder.Checkpoint(model));
        using var weights = Weights.Load(FixtureFolder.Checkpoint(model), _float32, torch.CPU, ct: TestContext.Current.CancellationToken);

        weights.Names.ShouldBe(files.Tensors.Keys, ignoreOrder: true);
        foreach (var stored in files.Tensors.Values)
        {
            var tensor = weights.Get(stored.Name, stored.Entry.Shape);
            tensor.dtype.ShouldBe(torch.float32);
            tensor.flatten().IsSameAs(ReadByHand(stored)).ShouldBeTrue($"{model} {stored.Name}");
        }
    }

    // Knows nothing of the code under test but the place of the bytes.
    private static torch.Tensor ReadByHand(StoredTensor stored)
    {
        var bytes = File.ReadAllBytes(stored.File.Path).AsSpan((int)stored.Entry.Offset, (int)stored.Entry.Length);
        var numbers = new float[stored.Entry.Length / stored.Entry.Type.Size()];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = stored.Entry.Type == StoredType.F32
                ? BitConverter.ToSingle(bytes[(4 * i)..])
                : BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(bytes[(2 * i)..]) << 16);
        }

        return torch.tensor(numbers);
    }
}
