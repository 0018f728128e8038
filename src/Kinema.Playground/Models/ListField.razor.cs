using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>Several texts: boxes to tick where the values are known, else one in each line.</summary>
public sealed partial class ListField
{
    /// <summary>Values that the engine offers; null where the manifest alone says what is allowed.</summary>
    [Parameter]
    public IReadOnlyList<string>? Offered { get; set; }

    private IReadOnlyList<string>? Choices => Offered ?? (Field.AllowedValues.Count > 0 ? Field.AllowedValues : null);
}
