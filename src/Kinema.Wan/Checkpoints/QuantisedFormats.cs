using System.Text.Json;

namespace Kinema.Wan.Checkpoints;

/// <summary>
/// Rejects quantised formats that need more than value × scale (rotated, packed or block-scaled weights). They would load and generate noise.
/// </summary>
/// <remarks>
/// ComfyUI's QUANTIZATION.md: a layer's format is JSON in a tensor <c>x.comfy_quant</c>, or that of all layers in the file's metadata under
/// <c>_quantization_metadata</c>; <c>weight_scale_2</c> and <c>pre_quant_scale</c> are further factors. <c>convrot</c> rotates a layer's inputs.
/// </remarks>
internal static class QuantisedFormats
{
    private const string Marker = ".comfy_quant", MetadataKey = "_quantization_metadata";
    private const int MaximumLength = 4096;

    private static readonly string[] _plain = ["float8_e4m3fn", "float8_e5m2", "int8_tensorwise"];
    private static readonly string[] _furtherFactors = [".weight_scale_2", ".pre_quant_scale"];

    /// <exception cref="CheckpointException">A layer has an unsupported format; the message names file and tensor.</exception>
    public static void Check(IReadOnlyCollection<StoredTensor> tensors)
    {
        if (tensors.FirstOrDefault(tensor => _furtherFactors.Any(suffix => tensor.Name.EndsWith(suffix, StringComparison.Ordinal))) is { } factor)
            throw Refused(factor.File.Path, factor.Name, "a second scale");

        foreach (var file in tensors.Select(tensor => tensor.File).Distinct())
        {
            if (file.Header.Metadata.TryGetValue(MetadataKey, out var layers))
                CheckLayers(file.Path, layers);
        }

        foreach (var marker in tensors.Where(tensor => tensor.Name.EndsWith(Marker, StringComparison.Ordinal)))
            CheckLayer(marker.File.Path, marker.Name, Parse(marker));
    }

    private static void CheckLayers(string file, string json)
    {
        using var document = Parse(file, MetadataKey, json);
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("layers", out var layers)
            && layers.ValueKind == JsonValueKind.Object)
        {
            foreach (var layer in layers.EnumerateObject())
                CheckLayer(file, layer.Name, layer.Value);
        }
    }

    private static void CheckLayer(string file, string name, JsonElement layer)
    {
        if (layer.ValueKind != JsonValueKind.Object || !layer.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String)
            throw Refused(file, name, "no format");
        if (!_plain.Contains(format.GetString()))
            throw Refused(file, name, $"the format {format.GetString()}");
        if (layer.TryGetProperty("convrot", out var rotated) && rotated.ValueKind != JsonValueKind.False)
            throw Refused(file, name, $"the format {format.GetString()} with convrot");
    }

    private static JsonElement Parse(StoredTensor marker)
    {
        var entry = marker.Entry;
        if (entry.Type.BlockBytes() != 1 || entry.Length > MaximumLength)
            throw Refused(marker.File.Path, marker.Name, $"{entry.Length} bytes of description; at most {MaximumLength} are allowed");

        using var document = Parse(marker.File.Path, marker.Name, System.Text.Encoding.UTF8.GetString(marker.File.ReadBytes(entry)));
        return document.RootElement.Clone();
    }

    private static JsonDocument Parse(string file, string name, string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            throw Refused(file, name, "a description that is not JSON");
        }
    }

    private static CheckpointException Refused(string file, string name, string what) =>
        new($"{file}: \"{name}\" has {what}; supported quantised formats are float8 and int8 with one scale per tensor or per row.");
}
