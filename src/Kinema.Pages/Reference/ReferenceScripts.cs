using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Kinema.Pages.Http;
using Scalar.AspNetCore;

namespace Kinema.Pages.Reference;

/// <summary>
/// The scripts of the API reference. Scalar's comes from its package, which has it packed; it is read when somebody asks for it, as it is large.
/// Its own page is not used: its script stands in the page, which no strict policy allows.
/// </summary>
internal sealed class ReferenceScripts
{
    public const string ScalarPath = "/pages/scalar.js";
    public const string OwnPath = "/pages/reference.js";

    private static readonly Assembly _scalar = typeof(ScalarOptions).Assembly;

    public ReferenceScripts()
    {
        using var stream = typeof(ReferenceScripts).Assembly.GetManifestResourceStream("reference.js")!;
        var own = new byte[stream.Length];
        stream.ReadExactly(own);
        Own = new(own);
        OwnUrl = $"{OwnPath}?v={Convert.ToHexStringLower(SHA256.HashData(own).AsSpan(0, 8))}";
    }

    /// <summary>The URLs name the content, so that browsers keep it.</summary>
    public string ScalarUrl { get; } = $"{ScalarPath}?v={_scalar.GetName().Version}";

    public string OwnUrl { get; }

    public StaticContent Own { get; }

    /// <param name="packed">Whether to give the bytes in gzip, as the package has them.</param>
    public static Stream OpenScalar(bool packed)
    {
        var stream = _scalar.GetManifestResourceStream("ScalarStaticAssets.scalar.js")!;
        return packed ? stream : new GZipStream(stream, CompressionMode.Decompress);
    }
}
