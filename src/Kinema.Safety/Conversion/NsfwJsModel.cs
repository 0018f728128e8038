using System.Text;
using System.Text.Json.Nodes;

namespace Kinema.Safety.Conversion;

/// <summary>
/// A model of the npm package nsfwjs: <c>model.min.js</c> and one module a shard, which export the topology and the weights in base64.
/// Nothing of the package is run.
/// </summary>
internal static class NsfwJsModel
{
    private const string Suffix = ".min.js";

    /// <param name="files">Files of the model's folder by name.</param>
    /// <exception cref="ConversionException">The files are not what they were.</exception>
    public static ConvertedModel Convert(IReadOnlyDictionary<string, byte[]> files)
    {
        var model = Read(files, "model") as JsonObject ?? throw new ConversionException($"model{Suffix} exports no object");
        return KerasToOnnx.Convert(model, path => Shard(files, path));
    }

    private static byte[] Shard(IReadOnlyDictionary<string, byte[]> files, string path)
    {
        var text = Read(files, path) is JsonValue value && value.TryGetValue<string>(out var base64) ? base64 : throw new ConversionException($"{path}{Suffix} exports no text");
        try
        {
            return System.Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new ConversionException($"{path}{Suffix} holds no base64", e);
        }
    }

    private static JsonNode? Read(IReadOnlyDictionary<string, byte[]> files, string name) => files.TryGetValue(name + Suffix, out var bytes)
        ? JavaScriptLiteral.ReadExport(Encoding.UTF8.GetString(bytes))
        : throw new ConversionException($"the package has no {name}{Suffix}");
}
