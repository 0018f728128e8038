using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>An encoded video in the attempt's scratch folder, with its poster frame.</summary>
internal sealed record EncodedVideo(
    string Path, VideoFormat Format, bool HasAudio, byte[] PosterFrame, JsonObject ModelData, TimeSpan Inference, TimeSpan Encoding)
{
    public double Seconds => (double)Format.FrameCount / Format.FramesPerSecond;
}
