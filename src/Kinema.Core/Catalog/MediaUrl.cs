namespace Kinema.Core.Catalog;

/// <summary>Validates the text of a media URL that is no data URI, without name resolution or connection.</summary>
internal static class MediaUrl
{
    /// <summary>Returns null if the URL may be tried, else the error type and the rest of a sentence that begins with the field name.</summary>
    public static (string Type, string Reason)? Refuse(string text)
    {
        if (text.Length == 0)
            return (FieldErrorTypes.InvalidUrl, "must not be empty; leave it out or give an http or https URL, a base64 data URI or runflow://assets/{uuid}");
        if (AssetReference.IsAssetReference(text))
        {
            return AssetReference.TryParse(text, out _)
                ? null
                : (FieldErrorTypes.InvalidUrl, $"must be runflow://assets/ and the asset's UUID; got \"{ReceivedValue.Shorten(text)}\"");
        }

        return HttpUrl.Refuse(text) is { } reason
            ? (FieldErrorTypes.InvalidUrl, $"{reason}; a base64 data URI and runflow://assets/{{uuid}} are allowed too")
            : null;
    }
}
