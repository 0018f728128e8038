using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>
/// The timestep of each token. Tokens with the same timestep share everything derived from it. So each distinct timestep is stored once, with its spans of
/// tokens.
/// </summary>
/// <remarks>
/// diffusers computes the modulation of a TI2V model for every token although there are only two timesteps, 0 for the first frame and t for the rest. At
/// 27,280 tokens and 6 × 3072 channels that is 2 GB, here 147 kB.
/// </remarks>
internal sealed record TokenTimesteps(IReadOnlyList<float> Values, IReadOnlyList<TokenSpan> Spans, bool PerToken)
{
    /// <summary>Creates one timestep for each sample: [batch].</summary>
    public static TokenTimesteps PerSample(ReadOnlySpan<float> timesteps, long tokens)
    {
        var values = new List<float>();
        var spans = new List<TokenSpan>();
        for (var sample = 0; sample < timesteps.Length; sample++)
            spans.Add(new(sample, 0, tokens, RowOf(timesteps[sample], values)));

        return new(values, spans, PerToken: false);
    }

    /// <summary>Creates a timestep for every token: [batch, tokens], row-major.</summary>
    public static TokenTimesteps ForTokens(ReadOnlySpan<float> timesteps, int tokens)
    {
        var values = new List<float>();
        var spans = new List<TokenSpan>();
        for (var start = 0; start < timesteps.Length;)
        {
            var within = start % tokens;
            var length = 1;
            while (within + length < tokens && timesteps[start + length] == timesteps[start])
                length++;

            spans.Add(new(start / tokens, within, length, RowOf(timesteps[start], values)));
            start += length;
        }

        return new(values, spans, PerToken: true);
    }

    /// <summary>Whether all tokens have the same timestep, so that operations can use whole tensors.</summary>
    public bool IsUniform => Values.Count == 1;

    /// <summary>Expands one row per timestep to the reference's layout: [rows, ...] → [batch, ...] or [batch, tokens, ...].</summary>
    public Tensor Expand(Tensor rows)
    {
        var index = Spans.SelectMany(span => Enumerable.Repeat((long)span.Row, PerToken ? (int)span.Length : 1)).ToArray();
        using var order = tensor(index, device: rows.device);
        using var flat = rows.index_select(0, order);
        var batch = Spans[^1].Sample + 1;
        return PerToken ? flat.view([batch, index.Length / batch, .. rows.shape[1..]]).alias() : flat.alias();
    }

    private static int RowOf(float time, List<float> values)
    {
        var row = values.IndexOf(time);
        if (row >= 0)
            return row;

        values.Add(time);
        return values.Count - 1;
    }
}
