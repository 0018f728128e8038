using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>Inline media: <c>data:image/png;base64,...</c>. Only base64, at most 10 MiB decoded.</summary>
/// <param name="MediaType">Declared type, lower case, without parameters; inspection checks the bytes.</param>
/// <param name="Content">Decoded content.</param>
public sealed record DataUri(string MediaType, ReadOnlyMemory<byte> Content)
{
    public const int MaxBytes = 10 * 1024 * 1024;

    private const string Scheme = "data:";

    public static bool IsDataUri(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Decodes a data URI; returns false if it is invalid.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DataUri? uri)
    {
        uri = TrySplit(text, out var mediaType, out var data) && MeasureBase64(data) is >= 0 and <= MaxBytes
            ? new(mediaType, Convert.FromBase64String(data.ToString()))
            : null;
        return uri is not null;
    }

    /// <summary>Returns null if the limits allow the data URI; does not decode it.</summary>
    internal static (string Type, string Reason)? Refuse(string text, MediaLimits limits)
    {
        if (!TrySplit(text, out var mediaType, out var data))
            return (FieldErrorTypes.InvalidUrl, $"must be a data URI of the form data:{limits.ContentTypes[0]};base64,...; got \"{ReceivedValue.Shorten(text)}\"");
        if (!limits.ContentTypes.Contains(Canonical(mediaType)))
            return (FieldErrorTypes.MediaInvalid, $"must be one of {string.Join(", ", limits.ContentTypes)}; got a data URI of {ReceivedValue.Shorten(mediaType)}");

        var longest = Math.Min(MaxBytes, limits.MaxBytes);
        return MeasureBase64(data) switch
        {
            < 0 => (FieldErrorTypes.InvalidUrl, "must be a data URI with valid base64 after the comma (standard alphabet, padded, no line breaks)"),
            0 => (FieldErrorTypes.MediaInvalid, "must not be an empty data URI"),
            var bytes when bytes > longest => (FieldErrorTypes.MediaTooLarge, $"must be at most {longest} bytes as a data URI; got {bytes}"),
            _ => null,
        };
    }

    private static bool TrySplit(string text, out string mediaType, out ReadOnlySpan<char> data)
    {
        mediaType = "";
        data = default;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        // A media type with parameters is never this long; an endless head is not worth reading.
        if (!IsDataUri(text) || comma < 0 || comma > 256)
            return false;

        var head = text[Scheme.Length..comma].Split(';');
        if (head.Length < 2 || !head[^1].Trim().Equals("base64", StringComparison.OrdinalIgnoreCase) || !head[0].Contains('/', StringComparison.Ordinal))
            return false;

        mediaType = head[0].Trim().ToLowerInvariant();
        data = text.AsSpan(comma + 1);
        return true;
    }

    /// <summary>Bytes after decoding, or -1 when it is not base64.</summary>
    private static int MeasureBase64(ReadOnlySpan<char> data) =>
        !data.ContainsAny(" \t\r\n") && Base64.IsValid(data, out var length) ? length : -1;

    /// <summary>Maps alternative names of content types to their standard names.</summary>
    private static string Canonical(string mediaType) => mediaType switch
    {
        "image/jpg" or "image/pjpeg" => "image/jpeg",
        "image/x-ms-bmp" or "image/x-bmp" => "image/bmp",
        "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "audio/wav",
        "audio/mp3" => "audio/mpeg",
        _ => mediaType,
    };
}
