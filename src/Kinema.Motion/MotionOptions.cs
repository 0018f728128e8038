using System.ComponentModel.DataAnnotations;

namespace Kinema.Motion;

/// <summary>How the engine "motion" sees. Section <c>Motion</c>.</summary>
public sealed class MotionOptions
{
    public const string Section = "Motion";

    /// <summary>A monocular depth network as ONNX file; empty (default) takes depth from the picture's own cues.</summary>
    [MaxLength(4096)]
    public string DepthModelPath { get; set; } = "";

    /// <summary>When given, a depth network with another SHA-256 is not used. Empty by default.</summary>
    [RegularExpression("^([0-9a-fA-F]{64})?$")]
    public string DepthModelSha256 { get; set; } = "";

    /// <summary>ONNX Runtime's library (<c>libonnxruntime.so</c>), which is not shipped; empty (default) looks beside the program and in the system.</summary>
    [MaxLength(4096)]
    public string OnnxRuntimePath { get; set; } = "";

    /// <summary>Threads that the depth network may use. Default 1.</summary>
    [Range(1, 64)]
    public int DepthThreads { get; set; } = 1;
}
