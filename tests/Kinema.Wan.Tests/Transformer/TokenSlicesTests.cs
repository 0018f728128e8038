using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

public sealed class TokenSlicesTests
{
    private const int Channels = 256;

    // Two whole slices and a bit, however many threads share one.
    private static readonly long _tokens = 2048L * torch.get_num_threads() + 3;

    [Fact]
    public void Slices_follow_one_another_through_all_tokens_and_a_float32_stream_is_one()
    {
        using var scope = torch.NewDisposeScope();
        var stream = Draw(1).to_type(torch.bfloat16);

        var slices = TokenSlices.Of(stream).ToList();

        slices.Count.ShouldBeGreaterThan(1);
        slices[0].Start.ShouldBe(0);
        slices.Zip(slices.Skip(1)).ShouldAllBe(pair => pair.First.Start + pair.First.Length == pair.Second.Start);
        (slices[^1].Start + slices[^1].Length).ShouldBe(_tokens);
        TokenSlices.Of(stream.to_type(torch.float32)).ShouldHaveSingleItem().ShouldBe((0, _tokens));
    }

    [Fact]
    public void A_bfloat16_stream_is_normed_and_added_to_in_float32_and_rounded_once()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y, weight) = (Draw(1).to_type(torch.bfloat16), Draw(2).to_type(torch.bfloat16), Draw(3)[0, 0]);
        var (wideX, wideY) = (x.to_type(torch.float32), y.to_type(torch.float32));
        var normed = new RmsNorm(weight, 1e-6).Apply(y.clone());
        var added = x.clone();
        new AdaLayerNorm(weight.view(1, 1, -1), TokenTimesteps.PerSample([500f], _tokens), 1e-6).AddGated(added, y, gate: 0);

        var right = wideY * (wideY.square().mean([-1], keepdim: true) + 1e-6).rsqrt() * weight;
        Furthest(normed, right).ShouldBeLessThan(0.005f);
        Furthest(added, wideX + wideY * weight).ShouldBeLessThan(0.005f);
    }

    private static torch.Tensor Draw(ulong seed)
    {
        using var generator = new torch.Generator(seed);
        return torch.randn([2, _tokens, Channels], generator: generator);
    }

    /// <summary>The largest difference relative to what is right; bfloat16 rounds to 1/256 at most.</summary>
    private static float Furthest(torch.Tensor got, torch.Tensor right) =>
        ((got.to_type(torch.float32) - right).abs() / (right.abs() + 1e-3)).max().item<float>();
}
