using System.Text.Json;

namespace Kinema.Playground.Models;

/// <summary>A field of the form: its control by type and meaning, what it means, and what is wrong with it.</summary>
public sealed partial class FieldView
{
    private FieldKind Kind => FieldKinds.Of(Field);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
