using System.Text;

namespace Kinema.Media.Images;

/// <summary>Names what a file is by its first bytes; its name and what a server said about it count for nothing.</summary>
internal static class ContentTypes
{
    public const int BytesNeeded = 512;

    public static string Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return "application/x-empty";

        return SniffPicture(head) ?? SniffContainer(head) ?? SniffText(head);
    }

    /// <summary>For people: <c>image/jpeg</c> is JPEG.</summary>
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
        "text/html" => "HTML",
        "text/plain" => "text",
        "application/pdf" => "PDF",
        "application/octet-stream" => "an unknown format",
        "application/x-empty" => "empty",
        _ => contentType,
    };

    private static string? SniffPicture(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => "image/png",
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, ..] => "image/bmp",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
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

        var brand = Encoding.ASCII.GetString(head[8..12]);
        return brand switch
        {
            "avif" or "avis" => "image/avif",
            "heic" or "heix" or "mif1" or "msf1" or "hevc" => "image/heic",
            _ => "video/mp4",
        };
    }

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
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "image/svg+xml";
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase))
            return "text/html";
        return text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? "application/xml" : "text/plain";
    }
}
