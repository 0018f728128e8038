using System.Diagnostics;
using System.Globalization;
using Kinema.Core.Prompts;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Outbound;
using Kinema.Prompts;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Pictures;
using Kinema.Prompts.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Benchmarks;

/// <summary>What expanding a prompt by rules costs: alone, and before a 5 s 1080p video.</summary>
internal static class ExpansionBenchmark
{
    private const int Rounds = 5;
    private const int Expansions = 200;
    private const string Prompt = "An old fisherman mends his net by the harbour, slow push in, no other people, then the camera tilts up to the sky";

    public static async Task RunAsync(TextWriter report, string photograph)
    {
        await using var services = Services();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "video.mp4");
        var expander = services.GetRequiredService<IPromptExpander>();
        var prompt = new PromptToExpand(Prompt, null, 5000, 5, new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = SafetyBenchmark.Input(photograph) });

        await SafetyBenchmark.RenderAsync(services, photograph, path, watch: null);
        await expander.ExpandAsync(prompt, TimeSpan.FromSeconds(10), CancellationToken.None);
        List<double> plain = [], expanded = [], alone = [];
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add((await SafetyBenchmark.RenderAsync(services, photograph, path, watch: null)).Seconds);
            var began = Stopwatch.GetTimestamp();
            await expander.ExpandAsync(prompt, TimeSpan.FromSeconds(10), CancellationToken.None);
            alone.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await SafetyBenchmark.RenderAsync(services, photograph, path, watch: null);
            expanded.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        var (median, slowest) = Rules(services);
        var (whole, slowestWhole) = await WholeAsync(expander, prompt);
        await report.WriteLineAsync("| 5 s of 1080p | median |");
        await report.WriteLineAsync("|---|---:|");
        await RowAsync(report, "video without expansion, s", Samples.Median(plain), "0.000");
        await RowAsync(report, "video with expansion, s", Samples.Median(expanded), "0.000");
        await RowAsync(report, "ratio", Samples.Median(expanded) / Samples.Median(plain), "0.000");
        await RowAsync(report, "expansion with the look at the picture, between videos, ms", Samples.Median(alone), "0.00");
        await RowAsync(report, "expansion with the look at the picture, one after the other, ms", whole, "0.000");
        await RowAsync(report, $"the slowest of {Expansions}, ms", slowestWhole, "0.000");
        await RowAsync(report, "rules and checks alone, ms", median, "0.000");
        await RowAsync(report, $"rules and checks alone, slowest of {Expansions}, ms", slowest, "0.000");
        await report.WriteLineAsync();
    }

    private static (double Median, double Slowest) Rules(IServiceProvider services)
    {
        var language = services.GetRequiredService<LanguageTable>().Detect(Prompt)!;
        var (rules, guide, picture) = (services.GetRequiredService<RuleExpander>(), services.GetRequiredService<PromptGuides>().Find("wan"), new PictureTraits("close", "hard", "muted"));
        var prompt = new PromptToExpand(Prompt, null, 5000, 5, new Dictionary<MediaRole, MediaInput>());
        List<double> times = [];
        for (var i = -20; i < Expansions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            if (rules.Expand(prompt, language, guide, picture) is null)
                throw new InvalidOperationException("Nothing was added.");
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (Samples.Median(times), times.Max());
    }

    private static async Task<(double Median, double Slowest)> WholeAsync(IPromptExpander expander, PromptToExpand prompt)
    {
        List<double> times = [];
        for (var i = -50; i < Expansions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await expander.ExpandAsync(prompt, TimeSpan.FromSeconds(10), CancellationToken.None);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (Samples.Median(times), times.Max());
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddKinemaMedia();
        services.AddMotionEngine();
        services.AddKinemaOutbound();
        return services.AddPromptExpansion().BuildServiceProvider();
    }

    private static Task RowAsync(TextWriter report, string name, double value, string format) =>
        report.WriteLineAsync($"| {name} | {value.ToString(format, CultureInfo.InvariantCulture)} |");
}
