namespace Kinema.Safety.Conversion;

/// <summary>How a window walks along one side: padding before and after, and the steps it makes.</summary>
internal readonly record struct Window(int Before, int After, int Length)
{
    /// <remarks>TensorFlow, "same": as many steps as fit, and of an odd padding the larger part behind (tf.nn.convolution).</remarks>
    public static Window Of(KerasLayer layer, int length, int kernel, int stride, int dilation)
    {
        var reach = ((kernel - 1) * dilation) + 1;
        if (layer.Text("padding") == "valid")
            return new(0, 0, ((length - reach) / stride) + 1);

        var steps = (length + stride - 1) / stride;
        var padding = Math.Max(((steps - 1) * stride) + reach - length, 0);
        return new(padding / 2, padding - (padding / 2), steps);
    }
}
