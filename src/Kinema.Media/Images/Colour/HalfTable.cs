namespace Kinema.Media.Images.Colour;

/// <summary>A function of every half-precision number from 0 to 1.</summary>
internal sealed class HalfTable
{
    private readonly float[] _values;

    public HalfTable(Func<double, double> function)
    {
        _values = new float[BitConverter.HalfToUInt16Bits(Half.One) + 1];
        for (var bits = 0; bits < _values.Length; bits++)
            _values[bits] = (float)function((double)BitConverter.UInt16BitsToHalf((ushort)bits));
    }

    /// <summary>Negative numbers count as 0, larger ones as 1.</summary>
    public float this[Half value] => _values[Half.IsNegative(value) ? 0 : Math.Min(BitConverter.HalfToUInt16Bits(value), _values.Length - 1)];
}
