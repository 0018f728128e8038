using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>
/// Inline media: <c>data:image/png;base64,...</c>. Only base64, at most 10 MiB decoded. The text stays in the request's body and is decoded there,
/// because many callers at once would otherwise cost several copies of ten megabytes each.
/// </summary>
public sealed class DataUri
{
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>A media type with parameters is never this long; an endless head is not worth reading.</summary>
    private const int MaxHeadBytes = 256;

    private readonly string _head;
    private readonly Memory<byte> _base64;
    private ReadOnlyMemory<byte>? _content;

    private DataUri(string head, string? mediaType, Memory<byte> base64)
    {
        _head = head;
        MediaType = mediaType ?? "";
        IsWellFormed = mediaType is not null;
        _base64 = base64;
    }

    /// <summary>Declared type, lower case, without parameters; inspection checks the bytes.</summary>
    public string MediaType { get; }

    private bool IsWellFormed { get; }

    private static ReadOnlySpan<byte> Scheme => "data:"u8;

    /// <summary>What an error or a record may show of it.</summary>
    public override string ToString() => ReceivedValue.Shorten(_head);

    /// <summary>Decodes the content in place, once; the body is overwritten.</summary>
    public ReadOnlyMemory<byte> Decode()
    {
        if (_content is { } decoded)
            return decoded;

        if (Base64.DecodeFromUtf8InPlace(_base64.Span, out var length) != OperationStatus.Done)
            throw new InvalidOperationException("Only a data URI that was not refused is decoded.");

        _content = _base64[..length];
        return _content.Value;
    }

    internal static bool IsDataUri(JsonElement value)
    {
        // Every character of the scheme may be an escape of six bytes.
        var raw = JsonText.Raw(value)[1..^1];
        Span<byte> head = stackalloc byte[6 * 5];
        raw = raw[..Math.Min(raw.Length, head.Length)];
        raw.CopyTo(head);
        head = head[..JsonEscapes.RemoveAscii(head[..raw.Length])];
        return head.Length >= Scheme.Length && Ascii.EqualsIgnoreCase(head[..Scheme.Length], Scheme);
    }

    /// <param name="value">A string that is a data URI. It must not be read again.</param>
    /// <param name="body">The body that the value was read from, which is overwritten. A value outside it is copied.</param>
    internal static DataUri Read(JsonElement value, Memory<byte> body)
    {
        var raw = JsonText.Raw(value);
        var text = ((ReadOnlySpan<byte>)body.Span).Overlaps(raw, out var start) ? body.Slice(start + 1, raw.Length - 2) : raw[1..^1].ToArray();
        text = text[..JsonEscapes.RemoveAscii(text.Span)];

        var beginning = text.Span[..Math.Min(text.Length, MaxHeadBytes + 1)];
        var comma = beginning.IndexOf((byte)',');
        var head = Encoding.UTF8.GetString(comma < 0 ? beginning : beginning[..comma]);
        return comma < 0 ? new(head, null, default) : new(head + ",…", ReadType(head[Scheme.Length..]), text[(comma + 1)..]);
    }

    /// <summary>Returns null if the limits allow the data URI; does not decode it.</summary>
    internal (string Type, string Reason)? Refuse(MediaLimits limits)
    {
        if (!IsWellFormed)
            return (FieldErrorTypes.InvalidUrl, $"must be a data URI of the form data:{limits.ContentTypes[0]};base64,...; got \"{this}\"");
        if (!limits.ContentTypes.Contains(Canonical(MediaType)))
            return (FieldErrorTypes.MediaInvalid, $"must be one of {string.Join(", ", limits.ContentTypes)}; got a data URI of {ReceivedValue.Shorten(MediaType)}");

        var longest = Math.Min(MaxBytes, limits.MaxBytes);
        return MeasureBase64(_base64.Span) switch
        {
            < 0 => (FieldErrorTypes.InvalidUrl, "must be a data URI with valid base64 after the comma (standard alphabet, padded, no line breaks)"),
            0 => (FieldErrorTypes.MediaInvalid, "must not be an empty data URI"),
            var bytes when bytes > longest => (FieldErrorTypes.MediaTooLarge, $"must be at most {longest} bytes as a data URI; got {bytes}"),
            _ => null,
        };
    }

    /// <summary>Returns null if the head does not announce base64 of a media type.</summary>
    private static string? ReadType(string head)
    {
        var parts = head.Split(';');
        return parts.Length >= 2 && parts[^1].Trim().Equals("base64", StringComparison.OrdinalIgnoreCase) && parts[0].Contains('/', StringComparison.Ordinal)
            ? parts[0].Trim().ToLowerInvariant()
            : null;
    }

    /// <summary>Bytes after decoding, or -1 when it is not base64.</summary>
    private static int MeasureBase64(ReadOnlySpan<byte> data) =>
        !data.ContainsAny(" \t\r\n"u8) && Base64.IsValid(data, out var length) ? length : -1;

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
