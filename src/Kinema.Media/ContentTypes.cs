using System.Buffers.Binary;
using System.Text;

namespace Kinema.Media;

/// <summary>Detects a file's content type from its first bytes; ignores file name and Content-Type header.</summary>
public static class ContentTypes
{
    public const int BytesNeeded = 512;

    public static string Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return "application/x-empty";

        return SniffImage(head) ?? SniffContainer(head) ?? SniffAudio(head) ?? SniffText(head);
    }

    /// <summary>Detects the same types as <see cref="Sniff"/>, and also old QuickTime files without a file type box.</summary>
    public static string SniffMovie(ReadOnlySpan<byte> head)
    {
        var type = Sniff(head);
        return type == "application/octet-stream" && head.Length >= 8 && IsOldQuickTime(head[4..8]) ? "video/quicktime" : type;
    }

    /// <summary>Display name: JPEG for <c>image/jpeg</c>.</summary>
    public static string Display(string contentType) => contentType switch
    {
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/bmp" => "BMP",
        "image/webp" => "WEBP",
        "image/gif" => "GIF",
        "image/svg+xml" => "SVG",
        "image/tiff" => "TIFF",
        "image/avif" => "AVIF",
        "image/heic" => "HEIC",
        "image/heif" => "HEIF",
        "image/jxl" => "JPEG XL",
        "image/jp2" => "JPEG 2000",
        "video/mp4" => "MP4",
        "video/quicktime" => "MOV",
        "video/x-matroska" => "Matroska or WebM",
        "video/x-msvideo" => "AVI",
        "video/x-flv" => "FLV",
        "audio/wav" => "WAV",
        "audio/mpeg" => "MP3",
        "audio/aac" => "AAC without a container",
        "audio/ogg" => "Ogg",
        "audio/flac" => "FLAC",
        "application/vnd.apple.mpegurl" => "an HLS playlist",
        "application/dash+xml" => "a DASH manifest",
        "application/sdp" => "an SDP session description",
        "text/x-ffconcat" => "an ffconcat script",
        "text/html" => "HTML",
        "text/plain" => "text",
        "application/pdf" => "PDF",
        "application/octet-stream" => "an unknown format",
        "application/x-empty" => "empty",
        _ => contentType,
    };

    private static bool IsOldQuickTime(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("wide"u8) || type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8);

    private static string? SniffImage(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => "image/png",
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, ..] => "image/bmp",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 13, 10, 0x87, 10, ..] => "image/jxl",
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 13, 10, 0x87, 10, ..] => "image/jp2",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "image/tiff",
        _ => null,
    };

    private static string? SniffContainer(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (head.StartsWith("PK\x03\x04"u8))
            return "application/zip";
        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8))
            return null;

        return Named(head[8..12]) switch
        {
            "image/heif" => SniffHeif(head),
            { } type => type,
            null => "video/mp4",
        };
    }

    /// <summary>A HEIF file whose brand leaves the codec open: the brands behind it, up to the end of the box, tell (ISO/IEC 23008-12, 10).</summary>
    private static string SniffHeif(ReadOnlySpan<byte> head)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        for (var i = 16; i + 4 <= end; i += 4)
        {
            if (Named(head.Slice(i, 4)) is ("image/avif" or "image/heic") and var type)
                return type;
        }

        return "image/heif";
    }

    private static string? Named(ReadOnlySpan<byte> brand) => Encoding.ASCII.GetString(brand) switch
    {
        "avif" or "avis" => "image/avif",
        "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "hevm" or "hevs" => "image/heic",
        "mif1" or "msf1" or "mif2" => "image/heif",
        "qt  " => "video/quicktime",
        _ => null,
    };

    /// <summary>Whether a WAV file begins here: RIFF, or RF64 and BW64, which may have more than 4 GB and need not.</summary>
    internal static bool IsWave(ReadOnlySpan<byte> head) =>
        (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8)) && head.Length >= 12 && head[8..].StartsWith("WAVE"u8);

    private static string? SniffAudio(ReadOnlySpan<byte> head) => head switch
    {
        _ when IsWave(head) => "audio/wav",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'A', (byte)'V', (byte)'I', (byte)' ', ..] => "video/x-msvideo",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        // Eleven bits of synchronisation, then never the reserved version; layer III for MP3, no layer for AAC (ADTS).
        [0xFF, var b, ..] when b >= 0xE0 && (b & 0x18) != 0x08 && (b & 0x06) == 0x02 => "audio/mpeg",
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => "audio/aac",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/x-matroska",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "audio/flac",
        [(byte)'F', (byte)'L', (byte)'V', 1, ..] => "video/x-flv",
        _ => null,
    };

    private static string SniffText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        foreach (var b in head)
        {
            if (b < 9 || b is > 13 and < 32)
                return "application/octet-stream";
        }

        var text = Encoding.UTF8.GetString(head).TrimStart();
        if (text.StartsWith("#EXTM3U", StringComparison.Ordinal))
            return "application/vnd.apple.mpegurl";
        if (text.StartsWith("ffconcat version", StringComparison.Ordinal))
            return "text/x-ffconcat";
        if (text.StartsWith("v=0", StringComparison.Ordinal))
            return "application/sdp";
        if (text.Contains("<MPD", StringComparison.Ordinal))
            return "application/dash+xml";
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "image/svg+xml";
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase))
            return "text/html";
        return text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? "application/xml" : "text/plain";
    }
}
