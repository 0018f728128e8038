using System.Runtime.CompilerServices;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Media;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kinema.Safety.Tests.Checks;

public sealed class SafetyCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(150, 30, new[] { 0, 30, 60, 90, 120, 149 })]
    [InlineData(16, 16, new[] { 0, 15 })]
    [InlineData(17, 16, new[] { 0, 16 })]
    [InlineData(1, 30, new[] { 0 })]
    public async Task Of_every_second_one_frame_is_looked_at_and_the_first_and_the_last(int count, int rate, int[] looked)
    {
        using var services = Services();
        var format = new VideoFormat(32, 32, rate, count);
        foreach (var only in Enumerable.Range(0, count))
        {
            var watch = services.GetRequiredService<ISafetyChecker>().Watch(new(null, "the video"));
            for (var index = 0; index < count; index++)
                watch.See(format, index, Frame(format, isRed: index == only));
            (await watch.JudgeAsync(Ct)).Action.ShouldBe(looked.Contains(only) ? SafetyAction.Refuse : SafetyAction.Allow, $"frame {only}");
        }
    }

    [Fact]
    public async Task Of_several_rules_the_strictest_that_holds_counts()
    {
        using var services = Services(options =>
        {
            options.Rules.Add(new() { Class = "Red", Threshold = 0.9, Output = OutputAction.Fail });
            options.Rules.Add(new() { Class = "Red", Threshold = 0.3, Output = OutputAction.Blur });
            options.Rules.Add(new() { Class = "Red", Threshold = 0.1, Output = OutputAction.Flag });
        });

        (await JudgeAsync(services, 63, 240)).Action.ShouldBe(SafetyAction.Refuse);
        (await JudgeAsync(services, 90, 190)).Action.ShouldBe(SafetyAction.Blur);
        (await JudgeAsync(services, 120, 145)).Action.ShouldBe(SafetyAction.Flag);
        (await JudgeAsync(services, 120, 128)).ShouldBe(SafetyVerdict.Cleared);
    }

    [Fact]
    public async Task A_check_that_takes_too_long_is_a_checker_that_does_not_work()
    {
        using var services = Services(options => options.TimeoutSeconds = 1, more => more.Replace(ServiceDescriptor.Singleton<IVideoReader, EndlessReader>()));
        var video = new MediaInput { Path = "", Digest = "d", ContentType = "video/mp4", SizeBytes = 1 };

        var verdict = await services.GetRequiredService<ISafetyChecker>().JudgeInputAsync(new(null, "input.video_url"), video, Ct);

        verdict.ShouldBe(SafetyVerdict.Broken(isRefused: true));
    }

    [Fact]
    public async Task Scores_go_to_the_log()
    {
        var log = new LastLine();
        using var services = Services(more: all => all.AddLogging(logging => logging.AddProvider(log)));

        await JudgeAsync(services, 63, 240);

        log.Text.ShouldContain("(Red 0.999, Green 0.000, Blue 0.000)");
    }

    [Fact]
    public async Task A_classifier_that_is_put_right_works_without_a_restart()
    {
        using var services = Services();
        var path = _folder.File(ColourClassifier.ModelName);
        var good = await File.ReadAllBytesAsync(path, Ct);
        await File.WriteAllBytesAsync(path, [1], Ct);
        (await JudgeAsync(services, 120, 128)).ShouldBe(SafetyVerdict.Broken(isRefused: true));
        services.GetRequiredService<ISafetyProbe>().Find().Problem.ShouldNotBeNull();

        await File.WriteAllBytesAsync(path, good, Ct);

        (await JudgeAsync(services, 120, 128)).ShouldBe(SafetyVerdict.Cleared);
        services.GetRequiredService<ISafetyProbe>().Find().ShouldBe(("colours", null));
    }

    public void Dispose() => _folder.Dispose();

    private ServiceProvider Services(Action<SafetyOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        var path = ColourClassifier.WriteTo(_folder.FullPath);
        var services = new ServiceCollection().AddLogging().AddKinemaMedia().AddKinemaSafety(isConfigured: true).Configure<SafetyOptions>(options =>
        {
            (options.Classifier, options.OnnxRuntimePath) = (path, Native.Library);
            configure?.Invoke(options);
        });
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static Task<SafetyVerdict> JudgeAsync(ServiceProvider services, byte luma, byte red)
    {
        var format = new VideoFormat(32, 32, 5, 1);
        var frame = new byte[format.FrameBytes];
        frame.AsSpan(0, 1024).Fill(luma);
        frame.AsSpan(1024, 256).Fill((byte)(128 - ((red - 128) * 26 / 112)));
        frame.AsSpan(1280).Fill(red);
        var watch = services.GetRequiredService<ISafetyChecker>().Watch(new(null, "the video"));
        watch.See(format, 0, frame);
        return watch.JudgeAsync(Ct);
    }

    private static byte[] Frame(VideoFormat format, bool isRed)
    {
        var frame = new byte[format.FrameBytes];
        frame.AsSpan(0, 1024).Fill(isRed ? (byte)63 : (byte)120);
        frame.AsSpan(1024, 256).Fill(isRed ? (byte)102 : (byte)128);
        frame.AsSpan(1280).Fill(isRed ? (byte)240 : (byte)128);
        return frame;
    }

    private sealed class EndlessReader : IVideoReader
    {
        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
            MediaInput video, int width, int height, int framesPerSecond, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }

    private sealed class LastLine : ILoggerProvider, ILogger
    {
        public string Text { get; private set; } = "";

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Text = formatter(state, exception);
    }
}
