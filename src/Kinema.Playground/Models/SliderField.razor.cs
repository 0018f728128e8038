using System.Globalization;

namespace Kinema.Playground.Models;

/// <summary>A number of a small range: a slider, and the number beside it.</summary>
public sealed partial class SliderField
{
    private string Value => Start.Text(Field) ?? Field.Minimum!.Value.ToString(CultureInfo.InvariantCulture);
}
