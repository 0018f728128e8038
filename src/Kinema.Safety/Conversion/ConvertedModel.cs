namespace Kinema.Safety.Conversion;

/// <param name="Bytes">The ONNX file.</param>
/// <param name="Width">Width of the input, pixels.</param>
/// <param name="Height">Height of the input, pixels.</param>
/// <param name="Classes">Number of scores.</param>
internal sealed record ConvertedModel(byte[] Bytes, int Width, int Height, int Classes);
