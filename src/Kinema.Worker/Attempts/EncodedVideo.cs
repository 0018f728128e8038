using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>An encoded video in the attempt's scratch folder, with the frames that become pictures.</summary>
internal sealed record EncodedVideo(
    string Path, VideoFormat Format, bool HasAudio, byte[] PosterFrame, byte[] LastFrame, JsonObject ModelData, TimeSpan Inference, TimeSpan Encoding)
{
    public double Seconds => (double)Format.FrameCount / Format.FramesPerSecond;
}
