using System.ComponentModel.DataAnnotations;

namespace Kinema.Motion;

/// <summary>Depth estimation settings of the engine "motion". Section <c>Motion</c>.</summary>
public sealed class MotionOptions
{
    public const string Section = "Motion";

    /// <summary>Path of a monocular depth network (ONNX). Empty (default): depth is estimated from cues in the picture.</summary>
    [MaxLength(4096)]
    public string DepthModelPath { get; set; } = "";

    /// <summary>Expected SHA-256 of the depth network; a file with another digest is not used. Empty (default): no check.</summary>
    [RegularExpression("^([0-9a-fA-F]{64})?$")]
    public string DepthModelSha256 { get; set; } = "";

    /// <summary>
    /// Path of the ONNX Runtime library (<c>libonnxruntime.so</c>), which is not shipped. Empty (default): beside the program, then the system's search
    /// path.
    /// </summary>
    [MaxLength(4096)]
    public string OnnxRuntimePath { get; set; } = "";

    /// <summary>Number of threads for the depth network. Default 1.</summary>
    [Range(1, 64)]
    public int DepthThreads { get; set; } = 1;
}
