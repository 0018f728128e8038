using Kinema.Media;

namespace Kinema.Worker.Attempts;

/// <summary>Writes the poster and the last frame beside the video.</summary>
internal sealed class MakePictures(IPosterMaker posters, ILastFrameMaker lastFrames)
{
    public async Task<(string Poster, string LastFrame)> HandleAsync(EncodedVideo video, CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(video.Path)!;
        var (poster, lastFrame) = (Path.Combine(folder, OutputFiles.PosterName), Path.Combine(folder, OutputFiles.LastFrameName));
        await File.WriteAllBytesAsync(poster, posters.Encode(video.Format, video.PosterFrame), ct);
        await File.WriteAllBytesAsync(lastFrame, lastFrames.Encode(video.Format, video.LastFrame), ct);
        return (poster, lastFrame);
    }
}
