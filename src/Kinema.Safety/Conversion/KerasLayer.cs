using System.Text.Json.Nodes;

namespace Kinema.Safety.Conversion;

/// <summary>One layer of a tfjs layers model, with what it takes from.</summary>
internal sealed class KerasLayer(JsonNode layer)
{
    private readonly JsonNode _config = layer["config"]!;

    public string Type { get; } = (string)layer["class_name"]!;

    public string Name { get; } = (string)layer["config"]!["name"]!;

    public IReadOnlyList<string> Inputs { get; } = layer["inbound_nodes"]!.AsArray() switch
    {
        [] => [],
        [JsonArray single] => [.. single.Select(source => (string)source![0]!)],
        _ => throw new ConversionException($"the layer '{layer["config"]!["name"]}' is used more than once"),
    };

    public string Text(string name) => (string?)_config[name] ?? "";

    public bool Flag(string name) => (bool?)_config[name] ?? false;

    public double Number(string name, double otherwise = 0) => _config[name] is { } value ? (double)value : otherwise;

    public (int Height, int Width) Pair(string name) => _config[name] is JsonArray { Count: 2 } pair
        ? ((int)(double)pair[0]!, (int)(double)pair[1]!)
        : throw new ConversionException($"the layer '{Name}' has no pair '{name}'");

    /// <summary>Padding of a <c>ZeroPadding2D</c>.</summary>
    public (int Top, int Bottom, int Left, int Right) Padding()
    {
        var sides = _config["padding"] is JsonArray { Count: 2 } both ? both : throw new ConversionException($"the layer '{Name}' has no padding of two pairs");
        return (At(0, 0), At(0, 1), At(1, 0), At(1, 1));

        int At(int side, int end) => (int)(double)sides[side]![end]!;
    }

    /// <summary>Height, width and channels of an input layer.</summary>
    public (int Height, int Width, int Channels) InputShape() => _config["batch_input_shape"] is JsonArray { Count: 4 } shape
        ? ((int)(double)shape[1]!, (int)(double)shape[2]!, (int)(double)shape[3]!)
        : throw new ConversionException($"the input '{Name}' is no batch of pictures");

    /// <exception cref="ConversionException">The setting has another value.</exception>
    public void Require(string name, string wanted, string otherwise = "")
    {
        if (_config[name] is { } value && value.ToString() is var text && text != wanted && text != otherwise)
            throw new ConversionException($"the layer '{Name}' has {name} {text}; {wanted} is known");
    }
}
