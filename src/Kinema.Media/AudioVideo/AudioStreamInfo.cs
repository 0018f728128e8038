using System.Text.Json;

namespace Kinema.Media.AudioVideo;

/// <param name="SampleRate">Hz; 0 if unknown.</param>
internal sealed record AudioStreamInfo(string Codec, int SampleRate, int Channels)
{
    public static AudioStreamInfo Read(JsonElement stream) => new(
        ProbedStreams.Text(stream, "codec_name") ?? "unknown",
        (int)(ProbedStreams.Number(stream, "sample_rate") ?? 0),
        (int)(ProbedStreams.Number(stream, "channels") ?? 0));
}
