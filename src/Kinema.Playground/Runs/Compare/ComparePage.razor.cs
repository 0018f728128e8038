using System.Globalization;
using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.Compare;

/// <summary>Shows two videos in sync.</summary>
public sealed partial class ComparePage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required Comparison Comparison { get; set; }

    /// <summary>One step is a frame of the finer video.</summary>
    private string Rate =>
        Math.Max(Comparison.A.VideoFile?.FramesPerSecond ?? 0, Comparison.B?.VideoFile?.FramesPerSecond ?? 0).ToString(CultureInfo.InvariantCulture);
}
