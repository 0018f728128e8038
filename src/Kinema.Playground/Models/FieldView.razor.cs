using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>A field of the form: its control by type and meaning, what it means, and what is wrong with it.</summary>
public sealed partial class FieldView
{
    /// <summary>Values that the engine offers; null where the manifest alone says what is allowed.</summary>
    [Parameter]
    public IReadOnlyList<string>? Offered { get; set; }

    private FieldKind Kind => FieldKinds.Of(Field);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
