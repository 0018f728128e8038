using Kinema.Engines;

namespace Kinema.Safety.Classifiers;

/// <summary>Makes a classifier's input of pictures and frames.</summary>
internal sealed class PictureReader(ClassifierInput input)
{
    private readonly int _pixels = input.Width * input.Height;

    /// <summary>The input's size, or the next larger one of even sides, as frames have them.</summary>
    public (int Width, int Height) EvenSize => (input.Width + (input.Width & 1), input.Height + (input.Height & 1));

    public float[] Read(RgbImage picture)
    {
        var channels = new float[3 * _pixels];
        for (var channel = 0; channel < 3; channel++)
            PlaneResizer.Resize(picture.Pixels.Span[channel..], 3, (picture.Width, picture.Height), Plane(channels, channel), (input.Width, input.Height), input.Resize);
        return Arrange(channels);
    }

    /// <summary>Reads a frame of an engine. Each plane is resized by itself, so that only as many pixels are converted as the input has.</summary>
    public float[] Read(int width, int height, ReadOnlySpan<byte> frame)
    {
        var luma = frame[..(width * height)];
        var blue = frame.Slice(luma.Length, luma.Length / 4);
        var red = frame[(luma.Length + blue.Length)..];
        var channels = new float[3 * _pixels];
        var target = (input.Width, input.Height);
        PlaneResizer.Resize(luma, 1, (width, height), Plane(channels, 0), target, input.Resize);
        PlaneResizer.Resize(blue, 1, (width / 2, height / 2), Plane(channels, 1), target, input.Resize);
        PlaneResizer.Resize(red, 1, (width / 2, height / 2), Plane(channels, 2), target, input.Resize);
        for (var i = 0; i < _pixels; i++)
            ToRgb(ref channels[i], ref channels[_pixels + i], ref channels[(2 * _pixels) + i]);
        return Arrange(channels);
    }

    private Span<float> Plane(float[] channels, int channel) => channels.AsSpan(channel * _pixels, _pixels);

    /// <remarks>BT.709, limited range to full; ITU-R BT.709-6, 3.2 to 3.5.</remarks>
    private static void ToRgb(ref float first, ref float second, ref float third)
    {
        var (luma, blue, red) = (1.16438f * (first - 16), second - 128, third - 128);
        first = Math.Clamp(luma + (1.79274f * red), 0, 255);
        second = Math.Clamp(luma - (0.21325f * blue) - (0.53291f * red), 0, 255);
        third = Math.Clamp(luma + (2.11240f * blue), 0, 255);
    }

    /// <summary>Scales the values and puts them into the classifier's order.</summary>
    private float[] Arrange(float[] channels)
    {
        var isTurned = input.Colors == ClassifierColors.Bgr;
        var values = new float[channels.Length];
        for (var channel = 0; channel < 3; channel++)
        {
            var source = Plane(channels, isTurned ? 2 - channel : channel);
            var (mean, deviation) = ((float)input.Mean[channel], (float)input.Deviation[channel]);
            for (var i = 0; i < _pixels; i++)
                values[input.Layout == ClassifierLayout.Nchw ? (channel * _pixels) + i : (i * 3) + channel] = (source[i] - mean) / deviation;
        }

        return values;
    }
}
