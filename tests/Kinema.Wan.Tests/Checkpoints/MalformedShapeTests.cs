using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Files with the right names and wrong shapes are read or rejected with a message.</summary>
public sealed class MalformedShapeTests : IDisposable
{
    private static readonly long[] _sizes = [0, 1, 2, 3, 7, 16, 36, 48, 80, 128, 256, 1280, 5120, 1 << 20];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Transformers() => Check(ModelKind.Transformer, PublishedModel.TransformerTensors("wan2.1_flf2v_14B"), "blocks.", (set, path) => TransformerFile.Read(path));

    [Fact]
    public void Vae_2_1() => Check(ModelKind.Vae, PublishedModel.VaeTensors(VaeConfig.Wan21), "coder.", (set, _) => Vae(set));

    [Fact]
    public void Vae_2_2() => Check(ModelKind.Vae, PublishedModel.VaeTensors(VaeConfig.Wan22), "coder.", (set, _) => Vae(set));

    [Fact]
    public void Text_encoders() => Check(ModelKind.TextEncoder, PublishedModel.TextTensors(), "block.", (set, _) =>
    {
        var config = ComponentConfig.Text(set);
        ShapeValidator.Run(set, weights => new Kinema.Wan.Text.TextEncoder(config, weights)).ShouldNotBeNull();
    });

    [Fact]
    public void Image_encoders() => Check(ModelKind.ImageEncoder, PublishedModel.ClipTensors(), "layers.", (set, _) =>
    {
        var config = ComponentConfig.Clip(set);
        ShapeValidator.Run(set, weights => new Kinema.Wan.ImageEncoder.ClipImageEncoder(weights, config)).ShouldNotBeNull();
    });

    public void Dispose() => _folder.Dispose();

    private static void Vae(TensorSet set)
    {
        var config = ComponentConfig.Vae(set);
        ShapeValidator.Run(set, weights => new WanVae(weights, config)).ShouldNotBeNull();
    }

    private void Check(ModelKind kind, IReadOnlyList<(string Name, string Type, long[] Shape)> whole, string numbered, Action<TensorSet, string> read)
    {
        var random = new Random(11);
        var path = _folder.File("x.safetensors");
        var refused = 0;
        for (var i = 0; i < 150; i++)
        {
            var tensors = whole.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
                Change(tensors, numbered, random);

            HeaderFile.Write(path, tensors.DistinctBy(tensor => tensor.Name));
            try
            {
                using var set = TensorSet.Open(path, kind);
                read(set, path);
            }
            catch (CheckpointException e)
            {
                e.Message.ShouldContain(path);
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(75);
    }

    /// <summary>One of the tensors that tell the shape more often than one of the many others.</summary>
    private static void Change(List<(string Name, string Type, long[] Shape)> tensors, string numbered, Random random)
    {
        var deep = tensors.Select((tensor, at) => (tensor.Name, At: at)).Where(entry => random.Next(4) == 0 || !entry.Name.Contains(numbered) || entry.Name.Contains($"{numbered}0.")).ToList();
        var place = deep[random.Next(deep.Count)].At;
        var (name, type, shape) = tensors[place];
        switch (random.Next(5))
        {
            case 0: tensors.RemoveAt(place); break;
            case 1: tensors[place] = (name, type, [.. shape.Select(size => random.Next(3) == 0 ? _sizes[random.Next(_sizes.Length)] % 3000 : Math.Min(size, 3000))]); break;
            case 2: tensors[place] = (name, type, [.. shape.Skip(1)]); break;
            case 3: tensors[place] = (name, type, [.. shape, 1]); break;
            default: tensors.Add((name.Replace($"{numbered}0.", $"{numbered}{random.Next(3, 100_000)}."), type, [1])); break;
        }
    }
}
