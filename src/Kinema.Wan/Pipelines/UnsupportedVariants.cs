using Kinema.Wan.Checkpoints;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Pipelines;

/// <summary>Models built on Wan's transformer that take other inputs than an image. Names the model in the error message.</summary>
/// <remarks>
/// Tensor names from comfy/model_detection.py of ComfyUI and videox_fun/models of VideoX-Fun. The InP models of VideoX-Fun that have the shape of Wan's own
/// image-to-video models are supported: they take the same mask, grey frames and image (pipeline_wan_fun_inpaint.py, pipeline_wan2_2_fun_inpaint.py).
/// </remarks>
internal static class UnsupportedVariants
{
    private const string SupportedNote = "Only Wan's image-to-video models and those of their shape are supported.";

    private static readonly (string Tensor, string Model)[] _tensorPrefixes =
    [
        ("vace_blocks.", "VACE"),
        ("vace_patch_embedding.", "VACE"),
        ("control_adapter.", "Fun-Control-Camera, which follows a camera's path"),
        ("ref_conv.", "Fun-Control, which follows a control video"),
        ("face_adapter.", "Animate, which follows a performer"),
        ("pose_patch_embedding.", "Animate, which follows a performer"),
        ("casual_audio_encoder.", "S2V, which follows speech"),
        ("audio_injector.", "S2V, which follows speech"),
        ("audio_proj.", "a model that follows audio, such as HuMo or MultiTalk"),
        ("cam_encoder.", "ReCamMaster, which re-renders a video with another camera"),
    ];

    /// <summary>Throws if a tensor belongs to an unsupported variant.</summary>
    /// <exception cref="CheckpointException">The model is an unsupported variant; the message names file and tensor.</exception>
    public static void ThrowIfAny(TensorSet set)
    {
        foreach (var (prefix, model) in _tensorPrefixes)
        {
            if (set.Tensors.Values.FirstOrDefault(stored => IsPart(stored.Name, prefix)) is { } stored)
                throw new CheckpointException($"{stored.File.Path} is the transformer of {model}: it has tensor \"{stored.Entry.Name}\". {SupportedNote}");
        }
    }

    /// <summary>Returns the exception for a transformer of no supported family.</summary>
    public static CheckpointException ExceptionFor(string path, WanTransformerConfig config)
    {
        var (inputs, outputs) = (config.InChannels, config.OutChannels);
        if (inputs == outputs)
            return new($"{path} is the transformer of a text-to-video model: it takes and gives {inputs} channels; there is no place for an image.");

        var model = outputs == VaeConfig.Wan22.LatentChannels && inputs == FamilyDetector.ImageConditionedChannels(VaeConfig.Wan22) ? "Wan 2.2 Fun-5B-InP"
            : outputs == VaeConfig.Wan21.LatentChannels && inputs == 3 * outputs ? "Wan 2.1 Fun-Control, which follows a control video"
            : null;
        return model is null
            ? new($"{path}: a transformer that takes {inputs} channels and gives {outputs} belongs to no image-to-video model of Wan 2.1 or 2.2.")
            : new($"{path} is the transformer of {model}: it takes {inputs} channels and gives {outputs}. {SupportedNote}");
    }

    private static bool IsPart(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) || name.Contains($".{prefix}", StringComparison.Ordinal);
}
