using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

public sealed class WanTransformerTests
{
    private const float Time = 500;
    private const int Tokens = 2 * 2 * 3;

    public static TheoryData<string> Checkpoints => FixtureFolder.CheckpointsWith("transformer");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Progress_is_reported_after_every_block(string checkpoint)
    {
        using var model = LoadedTransformer.Open($"{checkpoint}/transformer", torch.float32);
        var seen = new List<(int, int)>();

        using var sample = model.Transformer.Forward(Noise(model.Transformer), new() { OnBlockDone = (done, all) => seen.Add((done, all)) }, TestContext.Current.CancellationToken);

        seen.ShouldBe(Enumerable.Range(1, model.Transformer.Config.Layers).Select(i => (i, model.Transformer.Config.Layers)));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void A_token_cancelled_after_the_first_block_stops_it_before_the_second(string checkpoint)
    {
        using var model = LoadedTransformer.Open($"{checkpoint}/transformer", torch.float32);
        using var cancel = new CancellationTokenSource();
        var blocks = 0;
        var watch = new ForwardHooks { OnBlockDone = (done, _) => { blocks = done; cancel.Cancel(); } };

        Should.Throw<OperationCanceledException>(() => model.Transformer.Forward(Noise(model.Transformer), watch, cancel.Token));

        blocks.ShouldBe(1);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Equal_timesteps_per_token_give_the_result_of_one_timestep_per_sample(string checkpoint)
    {
        using var model = LoadedTransformer.Open($"{checkpoint}/transformer", torch.float32);
        var input = Noise(model.Transformer);

        using var whole = model.Transformer.Forward(input, ForwardHooks.None, TestContext.Current.CancellationToken);
        using var tokens = model.Transformer.Forward(
            input with { Timesteps = TokenTimesteps.ForTokens(Enumerable.Repeat(Time, Tokens).ToArray(), Tokens) }, ForwardHooks.None, TestContext.Current.CancellationToken);

        (whole - tokens).abs().max().item<float>().ShouldBeLessThan(1e-5f);
    }

    private static TransformerInput Noise(WanTransformer model)
    {
        var config = model.Config;
        var images = config.ImagePositions is null ? 1 : 2;
        return new(
            torch.randn([1, config.InChannels, 2, 4, 6]),
            TokenTimesteps.PerSample([Time], Tokens),
            torch.randn(1, 512, config.TextDim),
            config.ImageDim is { } channels ? torch.randn(images, (config.ImagePositions ?? 10) / 2, channels) : null);
    }
}
