using System.Text.Json.Nodes;
using static Kinema.Safety.Conversion.OnnxGraph;

namespace Kinema.Safety.Conversion;

/// <summary>
/// Translates a tfjs layers model of pictures to ONNX. TensorFlow keeps channels last and ONNX first, so kernels and what a dense layer flattens are turned;
/// TensorFlow's padding "same" puts the odd pixel at the end, so it is written out.
/// </summary>
internal sealed class KerasToOnnx
{
    private readonly OnnxGraph _graph = new("classifier");
    private readonly KerasWeights _weights;
    private readonly Dictionary<string, Made> _made = [];
    private (string Name, int[] Shape) _input;

    /// <summary>A layer's output: channels, height and width; a flat one has only channels.</summary>
    private sealed record Made(string Name, int Channels, int Height = 0, int Width = 0);

    private KerasToOnnx(KerasWeights weights) => _weights = weights;

    /// <param name="model"><c>modelTopology</c> and <c>weightsManifest</c>, as in <c>model.json</c>.</param>
    /// <param name="readShard">Bytes of a path of the weights' manifest.</param>
    /// <exception cref="ConversionException">The model has what this converter does not know.</exception>
    public static ConvertedModel Convert(JsonNode model, Func<string, byte[]> readShard)
    {
        try
        {
            var config = model["modelTopology"]!["model_config"]!["config"]!;
            var converter = new KerasToOnnx(new(model["weightsManifest"]!.AsArray(), readShard));
            foreach (var layer in config["layers"]!.AsArray())
                converter.Add(new KerasLayer(layer!));

            var output = converter._made[(string)config["output_layers"]![0]![0]!];
            var shape = converter._input.Shape;
            return new(converter._graph.ToModel(converter._input, (output.Name, [output.Channels])), shape[2], shape[1], output.Channels);
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or KeyNotFoundException or InvalidCastException or OverflowException or FormatException)
        {
            throw new ConversionException("the model is not a tfjs layers model", e);
        }
    }

    private void Add(KerasLayer layer)
    {
        _made[layer.Name] = layer.Type switch
        {
            "InputLayer" => Input(layer),
            "ZeroPadding2D" => Pad(layer, From(layer)),
            "Conv2D" => Convolve(layer, From(layer), isDepthwise: false),
            "DepthwiseConv2D" => Convolve(layer, From(layer), isDepthwise: true),
            "BatchNormalization" => Normalize(layer, From(layer)),
            "ReLU" => Rectify(layer, From(layer)),
            "Add" => Sum(layer),
            "AveragePooling2D" => Average(layer, From(layer)),
            "GlobalAveragePooling2D" => Node(layer, "ReduceMean", From(layer) with { Height = 0, Width = 0 }, [From(layer).Name], Integers("axes", 2, 3), Integer("keepdims", 0)),
            "Flatten" => Flatten(layer, From(layer)),
            "Dropout" => From(layer),
            "Dense" => Dense(layer, From(layer)),
            _ => throw new ConversionException($"the layer '{layer.Name}' is a {layer.Type}, which this converter does not know"),
        };
    }

    private Made From(KerasLayer layer) => _made[layer.Inputs.Single()];

    private Made Node(KerasLayer layer, string type, Made made, string[] inputs, params Action<ProtobufWriter>[] attributes)
    {
        _graph.AddNode(type, inputs, layer.Name, attributes);
        return made with { Name = layer.Name };
    }

    private Made Input(KerasLayer layer)
    {
        var (height, width, channels) = layer.InputShape();
        _input = (layer.Name, [channels, height, width]);
        return new(layer.Name, channels, height, width);
    }

    private Made Pad(KerasLayer layer, Made source)
    {
        layer.Require("data_format", "channels_last");
        var (top, bottom, left, right) = layer.Padding();
        var pads = _graph.AddIntegers(layer.Name + "/pads", 0, 0, top, left, 0, 0, bottom, right);
        return Node(layer, "Pad", source with { Height = source.Height + top + bottom, Width = source.Width + left + right }, [source.Name, pads]);
    }

    private Made Convolve(KerasLayer layer, Made source, bool isDepthwise)
    {
        layer.Require("data_format", "channels_last");
        var (shape, values) = _weights.Get(layer.Name + (isDepthwise ? "/depthwise_kernel" : "/kernel"));
        // Kernels of TensorFlow are height, width, channels in, channels out (or outputs a channel); those of ONNX begin with the channels.
        var (height, width, input, output) = (shape[0], shape[1], shape[2], shape[3]);
        if (input != source.Channels)
            throw new ConversionException($"the layer '{layer.Name}' takes {input} channels and gets {source.Channels}");
        var channels = isDepthwise ? input * output : output;
        var kernel = _graph.AddWeights(
            layer.Name + "/kernel",
            isDepthwise ? KernelOrder.Depthwise(values, height * width, input, output) : KernelOrder.ChannelsFirst(values, height * width, input, output),
            channels, isDepthwise ? 1 : input, height, width);

        string[] inputs = layer.Flag("use_bias") ? [source.Name, kernel, _graph.AddWeights(layer.Name + "/bias", _weights.Get(layer.Name + "/bias").Values, channels)] : [source.Name, kernel];
        var (strides, dilations) = (layer.Pair("strides"), layer.Pair("dilation_rate"));
        var vertical = Window.Of(layer, source.Height, height, strides.Height, dilations.Height);
        var horizontal = Window.Of(layer, source.Width, width, strides.Width, dilations.Width);
        var made = Node(
            layer, "Conv", new(layer.Name, channels, vertical.Length, horizontal.Length), inputs,
            Integers("kernel_shape", height, width), Integers("strides", strides.Height, strides.Width), Integers("dilations", dilations.Height, dilations.Width),
            Integers("pads", vertical.Before, horizontal.Before, vertical.After, horizontal.After), Integer("group", isDepthwise ? input : 1));
        return Activate(layer, made);
    }

    private Made Normalize(KerasLayer layer, Made source)
    {
        string[] parts = ["gamma", "beta", "moving_mean", "moving_variance"];
        if (!layer.Flag("scale") || !layer.Flag("center"))
            throw new ConversionException($"the layer '{layer.Name}' normalises without scale or centre");
        string[] inputs = [source.Name, .. parts.Select(part => _graph.AddWeights($"{layer.Name}/{part}", _weights.Get($"{layer.Name}/{part}").Values, source.Channels))];
        return Node(layer, "BatchNormalization", source, inputs, Float("epsilon", (float)layer.Number("epsilon")));
    }

    private Made Rectify(KerasLayer layer, Made source)
    {
        layer.Require("negative_slope", "0");
        layer.Require("threshold", "0");
        if (layer.Number("max_value") is var most and > 0)
            return Node(layer, "Clip", source, [source.Name, _graph.AddWeights(layer.Name + "/least", [0]), _graph.AddWeights(layer.Name + "/most", [(float)most])]);
        return Node(layer, "Relu", source, [source.Name]);
    }

    private Made Sum(KerasLayer layer)
    {
        var terms = layer.Inputs.Select(name => _made[name]).ToList();
        return terms.Count == 2 ? Node(layer, "Add", terms[0], [terms[0].Name, terms[1].Name]) : throw new ConversionException($"the layer '{layer.Name}' adds {terms.Count} terms; two are known");
    }

    private Made Average(KerasLayer layer, Made source)
    {
        // TensorFlow leaves the padding out of the mean, as ONNX does by default.
        var (pool, strides) = (layer.Pair("pool_size"), layer.Pair("strides"));
        var vertical = Window.Of(layer, source.Height, pool.Height, strides.Height, 1);
        var horizontal = Window.Of(layer, source.Width, pool.Width, strides.Width, 1);
        return Node(
            layer, "AveragePool", source with { Height = vertical.Length, Width = horizontal.Length }, [source.Name],
            Integers("kernel_shape", pool.Height, pool.Width), Integers("strides", strides.Height, strides.Width),
            Integers("pads", vertical.Before, horizontal.Before, vertical.After, horizontal.After));
    }

    private Made Flatten(KerasLayer layer, Made source)
    {
        var turned = layer.Name + "/turned";
        _graph.AddNode("Transpose", [source.Name], turned, Integers("perm", 0, 2, 3, 1));
        return Node(layer, "Flatten", new(layer.Name, source.Channels * source.Height * source.Width), [turned], Integer("axis", 1));
    }

    private Made Dense(KerasLayer layer, Made source)
    {
        var (shape, values) = _weights.Get(layer.Name + "/kernel");
        if (shape[0] != source.Channels)
            throw new ConversionException($"the layer '{layer.Name}' takes {shape[0]} numbers and gets {source.Channels}");
        string[] inputs =
        [
            source.Name, _graph.AddWeights(layer.Name + "/kernel", values, shape[0], shape[1]),
            .. layer.Flag("use_bias") ? [_graph.AddWeights(layer.Name + "/bias", _weights.Get(layer.Name + "/bias").Values, shape[1])] : (string[])[],
        ];
        return Activate(layer, Node(layer, "Gemm", new(layer.Name, shape[1]), inputs));
    }

    private Made Activate(KerasLayer layer, Made made)
    {
        var (type, name) = (layer.Text("activation"), made.Name + "/activated");
        Action<ProtobufWriter>[] attributes = type == "softmax" ? [Integer("axis", made.Height > 0 ? 1 : -1)] : [];
        var node = type switch
        {
            "" or "linear" => null,
            "relu" => "Relu",
            "sigmoid" => "Sigmoid",
            "softmax" => "Softmax",
            _ => throw new ConversionException($"the layer '{layer.Name}' has the activation {type}, which this converter does not know"),
        };
        if (node is null)
            return made;
        _graph.AddNode(node, [made.Name], name, attributes);
        return made with { Name = name };
    }
}
