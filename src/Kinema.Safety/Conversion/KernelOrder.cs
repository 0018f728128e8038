namespace Kinema.Safety.Conversion;

/// <summary>Turns kernels from TensorFlow's order (place, channel in, channel out) to that of ONNX (channel out, channel in, place).</summary>
internal static class KernelOrder
{
    public static float[] ChannelsFirst(float[] values, int places, int inputs, int outputs)
    {
        var turned = new float[values.Length];
        for (var place = 0; place < places; place++)
        {
            for (var input = 0; input < inputs; input++)
            {
                for (var output = 0; output < outputs; output++)
                    turned[(((output * inputs) + input) * places) + place] = values[(((place * inputs) + input) * outputs) + output];
            }
        }

        return turned;
    }

    /// <summary>Here the outputs of a channel follow each other.</summary>
    public static float[] Depthwise(float[] values, int places, int channels, int outputs)
    {
        var turned = new float[values.Length];
        for (var place = 0; place < places; place++)
        {
            for (var output = 0; output < channels * outputs; output++)
                turned[(output * places) + place] = values[(place * channels * outputs) + output];
        }

        return turned;
    }
}
