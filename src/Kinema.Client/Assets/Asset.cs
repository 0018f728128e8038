using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>An uploaded file.</summary>
public sealed record Asset
{
    /// <summary>Asset id.</summary>
    public required Guid Id { get; init; }

    /// <summary>File name given at upload.</summary>
    public string? Name { get; init; }

    /// <summary>Signed download URL; also valid as a media input.</summary>
    public string? Url { get; init; }

    /// <summary>Content type, for example <c>image/jpeg</c>.</summary>
    public string? MimeType { get; init; }

    /// <summary>Size, bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Time of the upload's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Reference for a media input; valid as long as the asset exists.</summary>
    public string Reference => $"runflow://assets/{Id}";

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Name = {Name}, MimeType = {MimeType}, SizeBytes = {SizeBytes}");
        return true;
    }
}
