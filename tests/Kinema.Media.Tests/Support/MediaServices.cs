using Kinema.Engines;
using Kinema.Media.Timed;
using Kinema.Media.Videos;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Support;

/// <summary>What reads and judges clips and sounds, put together as the product does.</summary>
internal sealed class MediaServices
{
    public MediaServices(Action<MediaOptions>? configure = null)
    {
        var media = new MediaOptions();
        configure?.Invoke(media);
        var options = Options.Create(media);
        var probe = new StreamProbe(options);
        ClipInspector = new ClipInspector(probe, new Inspection(options, TimeProvider.System), options);
        SoundInspector = new SoundInspector(probe, new Inspection(options, TimeProvider.System));
        Clips = new ClipReader(probe, options, TimeProvider.System, NullLogger<ClipReader>.Instance);
        Sounds = new SoundReader(options, TimeProvider.System, NullLogger<SoundReader>.Instance);
        Encoder = new VideoEncoder(options, TimeProvider.System, NullLogger<VideoEncoder>.Instance);
    }

    public IClipInspector ClipInspector { get; }

    public ISoundInspector SoundInspector { get; }

    public IVideoReader Clips { get; }

    public IAudioReader Sounds { get; }

    public IVideoEncoder Encoder { get; }
}
