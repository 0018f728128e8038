using System.Net;
using Kinema.Core.Artifacts;
using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope.Media;

/// <summary>Gives each medium an address that the provider can read: its own public one where the operator wants that, a data URI for small images, else an upload.</summary>
internal sealed class MediaAddresses(TemporaryUpload upload, IImageReader images, ISignedUrls links, IOptions<HostedOptions> options)
{
    /// <summary>Images up to this many bytes go into the request itself.</summary>
    private const long MostInlineBytes = 1 << 20;

    private static readonly string[] _privateNames = [".local", ".internal", ".lan", ".localhost", ".home.arpa", ".intranet", ".corp", ".test"];
    private static readonly MediaRole[] _order = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.InputVideo, MediaRole.Audio];

    public async Task<IReadOnlyList<(MediaRole Role, string Url)>> HandleAsync(VideoRequest request, CancellationToken ct)
    {
        var addresses = new List<(MediaRole, string)>();
        foreach (var role in _order.Where(request.Media.ContainsKey))
            addresses.Add((role, await AddressAsync(request.Media[role], ct)));
        return addresses;
    }

    private async Task<string> AddressAsync(MediaInput input, CancellationToken ct)
    {
        // The model takes no transparency; what is decoded for engines has none.
        if (input.ContentType == "image/png" && PngTransparency.IsIn(input.Path))
        {
            var opaque = PngWriter.Write(images.Read(input, ct));
            return opaque.Length <= MostInlineBytes ? DataUri(input, opaque) : await upload.HandleAsync(input, () => new MemoryStream(opaque), ct);
        }

        if (options.Value.DashScope.PassPublicUrls && input.SourceUri is { } source && IsPublic(source))
            return source;
        return input.ContentType.StartsWith("image/", StringComparison.Ordinal) && input.SizeBytes <= MostInlineBytes
            ? DataUri(input, await File.ReadAllBytesAsync(input.Path, ct))
            : await upload.HandleAsync(input, () => File.OpenRead(input.Path), ct);
    }

    private static string DataUri(MediaInput input, byte[] bytes) => $"data:{input.ContentType};base64,{Convert.ToBase64String(bytes)}";

    /// <summary>An address with a name that others can look up; links of this server are signed for the caller, not for the provider.</summary>
    private bool IsPublic(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.IsDefaultPort && url.UserInfo.Length == 0
        && url.HostNameType == UriHostNameType.Dns && url.Host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(url.Host, out _)
        && !_privateNames.Any(end => url.Host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        && links.Resolve(url) is SignedTarget.None;
}
