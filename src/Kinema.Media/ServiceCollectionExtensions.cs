using Kinema.Engines;
using Kinema.Media.AudioVideo;
using Kinema.Media.Ffmpeg;
using Kinema.Media.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Media;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds inspection and decoding of images, videos and audio, the encoder, the poster and the ffmpeg check. Needs <see cref="TimeProvider"/> and
    /// logging.
    /// </summary>
    public static IServiceCollection AddKinemaMedia(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IImageInspector, ImageInspector>();
        services.AddSingleton<IImageReader, ImageReader>();
        services.AddSingleton<ISmallCopies, SmallCopies>();
        services.AddSingleton<IPictureFitter, PictureFitter>();
        services.AddSingleton<StreamProbe>();
        services.AddSingleton<AudioPeak>();
        services.AddSingleton<ClipSoundFinder>();
        services.AddSingleton<InspectionPipeline>();
        services.AddSingleton<IVideoInspector, VideoInspector>();
        services.AddSingleton<IOutputProbe, OutputProbe>();
        services.AddSingleton<IAudioInspector, AudioInspector>();
        services.AddSingleton<IVideoReader, VideoReader>();
        services.AddSingleton<IAudioReader, AudioReader>();
        services.AddSingleton<IVideoEncoder, VideoEncoder>();
        services.AddSingleton<IPosterMaker, PosterMaker>();
        services.AddSingleton<ILastFrameMaker, LastFrameMaker>();
        services.AddSingleton<IVideoBlur, VideoBlur>();
        services.AddSingleton<IVideoRemuxer, VideoRemuxer>();
        services.AddSingleton<IFfmpegProbe, FfmpegProbe>();
        services.AddOptions<MediaOptions>();
        return services;
    }
}
