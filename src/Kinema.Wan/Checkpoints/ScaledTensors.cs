namespace Kinema.Wan.Checkpoints;

/// <summary>
/// Joins the weights of 8-bit files with their scale tensors: <c>x.scale_weight</c> (ComfyUI, one number, with a marker tensor <c>scaled_fp8</c>) or
/// <c>x.weight_scale</c> (LightX2V and newer ComfyUI files, one number or one for each output row).
/// </summary>
internal static class ScaledTensors
{
    private static readonly string[] _scales = [".scale_weight", ".weight_scale"];

    // Scales for 8-bit activations, and format descriptions. This library never computes in 8 bits.
    private static readonly string[] _ignored = [".scale_input", ".input_scale", ".comfy_quant"];

    public static IReadOnlyList<StoredTensor> Join(IReadOnlyCollection<StoredTensor> tensors)
    {
        QuantisedFormats.Check(tensors);
        var scales = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var others = new List<StoredTensor>();
        foreach (var tensor in tensors)
        {
            if (_scales.FirstOrDefault(s => tensor.Name.EndsWith(s, StringComparison.Ordinal)) is { } suffix)
                scales[tensor.Name[..^suffix.Length] + ".weight"] = tensor;
            else if (!_ignored.Any(s => tensor.Name.EndsWith(s, StringComparison.Ordinal)) && tensor.Name.Split('.')[^1] != "scaled_fp8")
                others.Add(tensor);
        }

        if (scales.Count == 0)
            return others;

        var weights = others.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        if (scales.FirstOrDefault(s => !weights.Contains(s.Key)) is { Value: { } orphan })
            throw new CheckpointException($"{orphan.File.Path}: tensor \"{orphan.Name}\" scales a weight that is not there.");
        // A scale beside a weight in full precision is 1 and is ignored.
        return [.. others.Select(t => t.Entry.Type.BlockBytes() == 1 && scales.TryGetValue(t.Name, out var scale) ? t with { Scale = scale } : t)];
    }
}
