using System.Globalization;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

/// <summary>The numbers of the reference, for every checkpoint and every case that the fixture files hold.</summary>
[Trait("Set", "isa")]
public sealed class VaeReferenceTests
{
    private const double Tolerance = 5e-5;
    private const double StageTolerance = 5e-4;

    public static TheoryData<string> Encodings => FixtureFolder.With("vae_encode.safetensors");

    public static TheoryData<string> Decodings => FixtureFolder.With("vae_decode.safetensors");

    public static TheoryData<string> Tilings => FixtureFolder.With("vae_tiled.safetensors");

    public static TheoryData<string> Stages => FixtureFolder.With("vae_debug.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encodings))]
    public void Videos_are_encoded_as_the_reference_encodes_them(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var fixture = VaeFixture.Load(checkpoint);
        using var expected = FixtureFolder.Expected($"{checkpoint}/vae_encode");
        var vae = fixture.Vae();

        foreach (var length in Lengths(expected, "video_"))
        {
            var moments = vae.EncodeMoments(expected[$"video_{length}"], TestContext.Current.CancellationToken);
            var (mean, logVariance) = (moments.chunk(2, 1)[0], moments.chunk(2, 1)[1].clamp(-30, 20));

            Compare.Close(mean, expected[$"mean_{length}"], Tolerance, $"{checkpoint} mean_{length}");
            Compare.Close(logVariance, expected[$"logvar_{length}"], Tolerance, $"{checkpoint} logvar_{length}");
            Compare.Close(
                vae.Statistics.Normalize(vae.Encode(expected[$"video_{length}"], TestContext.Current.CancellationToken)),
                expected[$"latent_normalized_{length}"], Tolerance, $"{checkpoint} latent_normalized_{length}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Decodings))]
    public void Latents_are_decoded_as_the_reference_decodes_them(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var fixture = VaeFixture.Load(checkpoint);
        using var expected = FixtureFolder.Expected($"{checkpoint}/vae_decode");

        foreach (var length in Lengths(expected, "latent_"))
        {
            var chunks = fixture.Vae().Decode(expected[$"latent_{length}"], TestContext.Current.CancellationToken).ToArray();

            chunks.Select(chunk => chunk.shape[2]).ShouldBe(
                [1, .. Enumerable.Repeat((long)fixture.Config.TemporalFactor, chunks.Length - 1)], "frames leave latent frame by latent frame");
            Compare.Close(torch.cat(chunks, 2), expected[$"video_{length}"], Tolerance, $"{checkpoint} video_{length}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Stages))]
    public void Every_stage_gives_what_the_references_stage_gives(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var fixture = VaeFixture.Load(checkpoint);
        using var expected = FixtureFolder.Expected($"{checkpoint}/vae_debug");
        var seen = new HashSet<string>();
        var calls = new Dictionary<string, int>();
        var vae = fixture.Vae(observer: (stage, output) =>
        {
            var name = expected.Has(stage) ? stage : $"{stage}.chunk{calls[stage] = calls.GetValueOrDefault(stage, -1) + 1}";
            Compare.Close(output, expected[name], StageTolerance, $"{checkpoint} {name}");
            seen.Add(name);
        });

        var mean = vae.Encode(expected["video"], TestContext.Current.CancellationToken);
        var decoded = torch.cat([.. vae.Decode(mean, TestContext.Current.CancellationToken)], 2);

        Compare.Close(mean, expected["mean"], Tolerance, $"{checkpoint} mean");
        Compare.Close(decoded, expected["decoded"], Tolerance, $"{checkpoint} decoded");
        expected.Names.Except(["video", "mean", "decoded"]).Except(seen).ShouldBeEmpty("stages of the reference that were not seen");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Tilings))]
    public void Tiles_are_cut_and_blended_as_the_reference_does_it(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var fixture = VaeFixture.Load(checkpoint);
        using var expected = FixtureFolder.Expected($"{checkpoint}/vae_tiled");

        // The fixtures' tiles are four latents high and wide, one of which overlaps: 32 and 24 pixels with VAE 2.1, 64 and 48 with VAE 2.2.
        var (tile, stride) = (4 * fixture.Config.SpatialFactor, 3 * fixture.Config.SpatialFactor);
        var vae = fixture.Vae(new VaeTileSizes { TileHeight = tile, TileWidth = tile, StrideHeight = stride, StrideWidth = stride });

        var video = torch.cat([.. vae.Decode(expected["latent"], TestContext.Current.CancellationToken)], 2);
        Compare.Close(video, expected["video"], Tolerance, $"{checkpoint} video");

        if (expected.Has("encode_video"))
            Compare.Close(vae.Encode(expected["encode_video"], TestContext.Current.CancellationToken), expected["encode_mean"], Tolerance, $"{checkpoint} encode_mean");
    }

    private static IEnumerable<string> Lengths(TensorFile file, string prefix) => file.Names
        .Where(name => name.StartsWith(prefix + "f", StringComparison.Ordinal))
        .Select(name => name[prefix.Length..])
        .OrderBy(length => int.Parse(length[1..], CultureInfo.InvariantCulture));
}
