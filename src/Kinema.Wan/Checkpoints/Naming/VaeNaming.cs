using System.Globalization;

namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The VAE in the names of Wan's own code (wan/modules/vae2_1.py and vae2_2.py): by position in a Sequential.</summary>
/// <remarks>
/// 2.1 has one flat list of residual blocks and resamplings in each half. diffusers keeps the encoder's list, but groups the decoder's into stages that end
/// with a resampling. 2.2 has stages already (<c>downsamples.0.downsamples.1</c>), each ending with its resampling.
/// </remarks>
internal sealed class VaeNaming() : KeyNaming(ModelKind.Vae, "decoder.middle.0.residual.0.gamma")
{
    private static readonly (string From, string To)[] _top =
    [
        ("conv1.", "quant_conv."),
        ("conv2.", "post_quant_conv."),
    ];

    private static readonly (string From, string To)[] _half =
    [
        ("conv1.", "conv_in."),
        ("head.0.", "norm_out."),
        ("head.2.", "conv_out."),
        ("middle.0.", "mid_block.resnets.0."),
        ("middle.1.", "mid_block.attentions.0."),
        ("middle.2.", "mid_block.resnets.1."),
    ];

    private static readonly (string From, string To)[] _residual =
    [
        ("residual.0.", "norm1."),
        ("residual.2.", "conv1."),
        ("residual.3.", "norm2."),
        ("residual.6.", "conv2."),
        ("shortcut.", "conv_shortcut."),
    ];

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors)
    {
        var stages = FlatStages(tensors.Select(t => t.Name));
        return tensors.Select(t => t with { Name = RenameOne(t.Name, stages) });
    }

    private static string RenameOne(string name, IReadOnlyDictionary<string, (int Stage, int Place)> stages)
    {
        foreach (var half in new[] { "encoder.", "decoder." })
        {
            if (name.StartsWith(half, StringComparison.Ordinal))
                return half + WithinBlock(InHalf(name[half.Length..], stages));
        }

        return Replace(name, _top) ?? name;
    }

    private static string InHalf(string name, IReadOnlyDictionary<string, (int Stage, int Place)> stages)
    {
        if (Replace(name, _half) is { } known)
            return known;
        if (TrySplit(name, "downsamples.", out var block, out var rest))
        {
            return TrySplit(rest, "downsamples.", out var inner, out var last)
                ? $"down_blocks.{block}.{(IsResampling(last) ? "downsampler" : $"resnets.{inner}")}.{last}"
                : $"down_blocks.{block}.{rest}";
        }

        if (TrySplit(name, "upsamples.", out block, out rest))
        {
            if (TrySplit(rest, "upsamples.", out var inner, out var last))
                return $"up_blocks.{block}.{(IsResampling(last) ? "upsampler" : $"resnets.{inner}")}.{last}";
            var (stage, place) = stages[block];
            return $"up_blocks.{stage}.{(IsResampling(rest) ? "upsamplers.0" : $"resnets.{place}")}.{rest}";
        }

        return name;
    }

    private static string WithinBlock(string name)
    {
        foreach (var (from, to) in _residual)
        {
            if (name.IndexOf("." + from, StringComparison.Ordinal) is >= 0 and var at)
                return name[..(at + 1)] + to + name[(at + 1 + from.Length)..];
        }

        return name;
    }

    private static bool IsResampling(string name) =>
        name.StartsWith("resample.", StringComparison.Ordinal) || name.StartsWith("time_conv.", StringComparison.Ordinal);

    // Walks the decoder's flat list; a resampling ends a stage.
    private static Dictionary<string, (int Stage, int Place)> FlatStages(IEnumerable<string> names)
    {
        const string List = "decoder.upsamples.";
        var resamples = new SortedDictionary<int, bool>();
        foreach (var name in names)
        {
            if (TrySplit(name, List, out var number, out var rest) && int.TryParse(number, CultureInfo.InvariantCulture, out var at))
                resamples[at] = resamples.GetValueOrDefault(at) | IsResampling(rest);
        }

        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var (stage, place) = (0, 0);
        foreach (var (at, isResampling) in resamples)
        {
            places[at.ToString(CultureInfo.InvariantCulture)] = (stage, place);
            (stage, place) = isResampling ? (stage + 1, 0) : (stage, place + 1);
        }

        return places;
    }
}
