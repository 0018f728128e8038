using System.Text;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

public sealed class QuantisedFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{"format": "float8_e4m3fn"}""")]
    [InlineData("""{"format": "float8_e5m2", "full_precision_matrix_mult": true}""")]
    [InlineData("""{"format": "int8_tensorwise", "convrot": false}""")]
    public void Numbers_times_a_scale_are_read(string description)
    {
        using var set = TensorSet.Open(Described(description));

        set.Tensors.Keys.ShouldBe(["x.weight"]);
    }

    [Theory]
    [InlineData("""{"format": "int8_tensorwise", "convrot": true, "convrot_groupsize": 256}""", "has the format int8_tensorwise with convrot")]
    [InlineData("""{"format": "nvfp4"}""", "has the format nvfp4")]
    [InlineData("""{"format": "int8_blockwise", "group_size": 128}""", "has the format int8_blockwise")]
    [InlineData("""{"format": 8}""", "has no format")]
    [InlineData("""[]""", "has no format")]
    [InlineData("""nonsense""", "has a description that is not JSON")]
    public void Unsupported_quantised_formats_are_rejected_with_file_and_layer(string description, string what)
    {
        var path = Described(description);
        Refusal(path).ShouldStartWith($"{path}: \"x.comfy_quant\" {what};");

        var writer = Weight();
        writer.Metadata("_quantization_metadata", "{\"format_version\": \"1.0\", \"layers\": {\"x\": " + description + "}}");
        Refusal(writer.Save(_folder.File("x.safetensors"))).ShouldContain("has ");
    }

    [Fact]
    public void A_second_scale_is_rejected()
    {
        var writer = Weight();
        writer.Add("x.weight_scale_2", torch.ones(1));

        Refusal(writer.Save(_folder.File("x.safetensors"))).ShouldContain("\"x.weight_scale_2\" has a second scale");
    }

    public void Dispose() => _folder.Dispose();

    private string Described(string description)
    {
        var writer = Weight();
        writer.Add("x.comfy_quant", torch.tensor(Encoding.UTF8.GetBytes(description), dtype: torch.uint8));
        return writer.Save(_folder.File("x.safetensors"));
    }

    private static SafetensorsWriter Weight()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x.weight", torch.zeros(4, 2, dtype: torch.int8));
        writer.Add("x.weight_scale", torch.ones(4));
        return writer;
    }

    private static string Refusal(string path) => Should.Throw<CheckpointException>(() => TensorSet.Open(path)).Message;
}
