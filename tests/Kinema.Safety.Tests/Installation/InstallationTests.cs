using System.Text.Json;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Safety.Classifiers;
using Kinema.Safety.Installation;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Safety.Tests.Installation;

public sealed class InstallationTests
{
    /// <summary>What issue 18 promises: as tfjs, within a thousandth.</summary>
    private const double Tolerance = 1e-3;

    private sealed record Reference(string Source, IReadOnlyList<ScoredPicture> Pictures);

    private sealed record ScoredPicture(string Picture, double[] Scores);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_npm_the_message_says_what_to_install()
    {
        using var folder = new TemporaryFolder();

        var failure = await Should.ThrowAsync<InstallationException>(
            () => InstallClassifier.HandleAsync(folder.FullPath, "no-such-npm", withRuntime: false, _ => { }, Ct));

        failure.Message.ShouldContain("Install Node.js with npm");
        Directory.EnumerateFileSystemEntries(folder.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_archive_than_the_known_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        var archive = folder.File("nsfwjs-4.3.0.tgz");
        await File.WriteAllBytesAsync(archive, [1, 2, 3], Ct);

        (await Should.ThrowAsync<InstallationException>(() => InstallClassifier.NsfwJs.ReadAsync(archive, _ => true, Ct))).Message.ShouldContain("SHA-512");
    }

    /// <summary>The registry is not always at hand, and the packages have 140 MB.</summary>
    [Fact]
    [Trait("Set", "long")]
    public async Task The_installed_classifier_judges_pictures_as_nsfwjs_does_under_tfjs()
    {
        using var folder = new TemporaryFolder();
        string path;
        try
        {
            path = await InstallClassifier.HandleAsync(folder.FullPath, "npm", withRuntime: true, _ => { }, Ct);
        }
        catch (InstallationException e) when (e.Message.Contains("npm", StringComparison.Ordinal))
        {
            Assert.Skip(e.Message);
            return;
        }

        var (manifest, problem) = ClassifierManifest.Read(path);
        problem.ShouldBeNull();
        using var classifier = Native.Load(manifest!, folder.FullPath, Path.Combine(folder.FullPath, OnnxLibrary.FileName));
        var pictures = new PictureReader(manifest!.Input);
        var reference = JsonSerializer.Deserialize<Reference>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Conversion", "Fixtures", "nsfwjs-4.3.0.json"), Ct), JsonSerializerOptions.Web)!;

        foreach (var known in reference.Pictures)
        {
            var scores = classifier.Classify(pictures.Read(Picture(known.Picture)), Ct);
            TestContext.Current.TestOutputHelper?.WriteLine($"{known.Picture}: {scores.Zip(known.Scores, (score, wanted) => Math.Abs(score - wanted)).Max():0.0000000}");
            foreach (var (score, wanted) in scores.Zip(known.Scores))
                score.ShouldBe(wanted, Tolerance, known.Picture);
        }
    }

    private static RgbImage Picture(string name)
    {
        if (name.StartsWith("noise-", StringComparison.Ordinal) && Size(name) is var (width, height))
            return Noise(width, height);
        if (name.StartsWith("slope-", StringComparison.Ordinal) && Size(name) is var (columns, rows))
            return Slope(columns, rows);

        var path = Path.Combine(AppContext.BaseDirectory, "samples", name);
        using var services = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
        return services.GetRequiredService<IImageReader>().Read(
            new() { Path = path, Digest = "", ContentType = "image/png", SizeBytes = new FileInfo(path).Length }, CancellationToken.None);
    }

    private static (int Width, int Height) Size(string name)
    {
        var sides = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..].Split('x');
        return (int.Parse(sides[0], null), int.Parse(sides[1], null));
    }

    /// <summary>Numerical Recipes' generator, seed 12345, the highest byte of each state.</summary>
    private static RgbImage Noise(int width, int height)
    {
        var state = 12345u;
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            pixels[i] = (byte)(state >> 24);
        }

        return new(width, height, pixels);
    }

    private static RgbImage Slope(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = ((byte)(x * 255 / (width - 1)), (byte)(y * 255 / (height - 1)), (byte)((x + y) & 255));
        }

        return new(width, height, pixels);
    }
}
