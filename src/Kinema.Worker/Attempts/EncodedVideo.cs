using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>A finished file in the attempt's scratch folder, with the frame that will stand for it.</summary>
internal sealed record EncodedVideo(string Path, VideoFormat Format, bool HasAudio, byte[] PosterFrame, JsonObject ModelData, TimeSpan Inference, TimeSpan Encoding)
{
    public double Seconds => (double)Format.FrameCount / Format.FramesPerSecond;
}
