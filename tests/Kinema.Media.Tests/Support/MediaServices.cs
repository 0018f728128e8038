using Kinema.Engines;
using Kinema.Media.AudioVideo;
using Kinema.Media.Ffmpeg;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Support;

/// <summary>The inspectors and readers of video and audio, registered as in the product.</summary>
internal sealed class MediaServices
{
    public MediaServices(Action<MediaOptions>? configure = null)
    {
        var media = new MediaOptions();
        configure?.Invoke(media);
        var options = Options.Create(media);
        Probe = new StreamProbe(options);
        var peak = new AudioPeak(options);
        VideoInspector = new VideoInspector(Probe, new ClipSoundFinder(Probe, peak), new InspectionPipeline(options, TimeProvider.System), options);
        AudioInspector = new AudioInspector(Probe, peak, new InspectionPipeline(options, TimeProvider.System));
        Clips = new VideoReader(Probe, options, TimeProvider.System, NullLogger<VideoReader>.Instance);
        Sounds = new AudioReader(options, TimeProvider.System, NullLogger<AudioReader>.Instance);
        Encoder = new VideoEncoder(options, TimeProvider.System, NullLogger<VideoEncoder>.Instance);
    }

    public StreamProbe Probe { get; }

    public IVideoInspector VideoInspector { get; }

    public IAudioInspector AudioInspector { get; }

    public IVideoReader Clips { get; }

    public IAudioReader Sounds { get; }

    public IVideoEncoder Encoder { get; }
}
