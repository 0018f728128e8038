using System.Globalization;
using Kinema.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.Panel;

/// <summary>The video of a run, and what can be done with it.</summary>
public sealed partial class RunResult
{
    [Parameter, EditorRequired]
    public required RunView View { get; set; }

    private Run Run => View.Run;

    private OutputArtifact? File => View.VideoFile;

    private string Frames => (File?.FrameCount ?? 0).ToString(CultureInfo.InvariantCulture);

    private string Rate => (File?.FramesPerSecond ?? 0).ToString(CultureInfo.InvariantCulture);

    private string Facts => File is { } file
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Width} × {file.Height}, {file.DurationSeconds:0.##} s, {file.FramesPerSecond} frames/s, {RunWords.Size(file.SizeBytes)}{Sound(file)}")
        : "";

    private static string Sound(OutputArtifact file) => file.HasAudio == true ? ", with sound" : "";

    private static string Escape(Uri url) => Uri.EscapeDataString(url.AbsoluteUri);

    /// <summary>Pressed again, a verdict is taken back.</summary>
    private string Verdict(bool value) => Run.FeedbackIsPositive == value ? "" : value ? "true" : "false";

    private string Pressed(bool value) => Run.FeedbackIsPositive == value ? "true" : "false";
}
