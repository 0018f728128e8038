using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>A small picture of a run under way.</summary>
public sealed record RunPreview
{
    /// <summary>The picture, at most 256 KiB.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Content type: <c>image/jpeg</c>, <c>image/png</c> or <c>image/webp</c>.</summary>
    public string? ContentType { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"ContentType = {ContentType}, Length = {Content.Length}");
        return true;
    }
}
