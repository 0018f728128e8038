using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Checkpoints;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Models built on Wan's transformer: supported if they have the shape of an image-to-video model, else rejected by name.</summary>
public sealed class UnsupportedVariantsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("wan2.1_fun_inp_1.3B", WanFamily.Wan21ImageToVideo)]
    [InlineData("wan2.1_i2v_14B", WanFamily.Wan21ImageToVideo)]
    [InlineData("wan2.2_i2v_14B", WanFamily.Wan22ImageToVideo)]
    public void An_InP_model_of_VideoX_Fun_is_the_image_to_video_model_of_its_shape(string shape, WanFamily family) => Read(Tensors(shape)).Family.ShouldBe(family);

    [Theory]
    [InlineData("wan2.1_t2v_14B", "vace_blocks.0.before_proj.weight", "VACE")]
    [InlineData("wan2.1_t2v_1.3B", "vace_patch_embedding.weight", "VACE")]
    [InlineData("wan2.1_fun_control_14B", "ref_conv.weight", "Fun-Control, which follows a control video")]
    [InlineData("wan2.2_fun_control_14B", "ref_conv.weight", "Fun-Control, which follows a control video")]
    [InlineData("wan2.1_fun_camera_14B", "control_adapter.conv.weight", "Fun-Control-Camera, which follows a camera's path")]
    [InlineData("wan2.2_i2v_14B", "control_adapter.conv.weight", "Fun-Control-Camera, which follows a camera's path")]
    [InlineData("wan2.1_t2v_14B", "casual_audio_encoder.encoder.final_linear.weight", "S2V, which follows speech")]
    [InlineData("wan2.1_i2v_14B", "face_adapter.fuser_blocks.0.k_norm.weight", "Animate, which follows a performer")]
    [InlineData("wan2.1_i2v_14B", "audio_proj.audio_proj_glob_1.layer.bias", "a model that follows audio, such as HuMo or MultiTalk")]
    [InlineData("wan2.1_t2v_1.3B", "blocks.0.cam_encoder.weight", "ReCamMaster, which re-renders a video with another camera")]
    public void An_unsupported_variant_is_named_by_its_tensors(string shape, string tensor, string model) =>
        Refusal([.. Tensors(shape), (tensor, "F16", [8L])])
            .ShouldBe($"{File} is the transformer of {model}: it has tensor \"{tensor}\". Only Wan's image-to-video models and those of their shape are supported.");

    [Theory]
    [InlineData("wan2.1_fun_control_14B", "is the transformer of Wan 2.1 Fun-Control, which follows a control video: it takes 48 channels and gives 16.")]
    [InlineData("wan2.2_fun_inp_5B", "is the transformer of Wan 2.2 Fun-5B-InP: it takes 100 channels and gives 48.")]
    [InlineData("wan2.1_t2v_14B", "is the transformer of a text-to-video model: it takes and gives 16 channels; there is no place for an image.")]
    [InlineData("wan2.2_fun_control_14B", ": a transformer that takes 52 channels and gives 16 belongs to no image-to-video model of Wan 2.1 or 2.2.")]
    public void Without_such_tensors_its_channels_name_an_unsupported_variant(string shape, string message) => Refusal(Tensors(shape)).ShouldContain(message);

    [Fact]
    public void In_the_Diffusers_layout_an_unsupported_variant_is_named_by_its_class()
    {
        Directory.CreateDirectory(_folder.File("transformer"));
        System.IO.File.WriteAllText(_folder.File("model_index.json"), "{}");
        System.IO.File.WriteAllText(_folder.File("transformer/config.json"), """{"_class_name": "WanVACETransformer3DModel", "in_channels": 36}""");

        Should.Throw<CheckpointException>(() => CheckpointFolder.Read(_folder.Path)).Message
            .ShouldStartWith($"{_folder.File("transformer/config.json")}: _class_name must be WanTransformer3DModel; got WanVACETransformer3DModel.");
    }

    public void Dispose() => _folder.Dispose();

    private string File => _folder.File("x.safetensors");

    private static IEnumerable<(string, string, long[])> Tensors(string shape) => PublishedModel.TransformerTensors(shape);

    private TransformerFile Read(IEnumerable<(string, string, long[])> tensors)
    {
        HeaderFile.Write(File, tensors);
        return TransformerFile.Read(File);
    }

    private string Refusal(IEnumerable<(string, string, long[])> tensors) => Should.Throw<CheckpointException>(() => Read(tensors)).Message;
}
