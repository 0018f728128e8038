using System.Globalization;
using Kinema.Core.Artifacts;
using Kinema.Server.Configuration;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Files;

/// <summary><c>{base}/v1/files/{kind}/{organisation}/{key}?expires=…&amp;signature=…</c></summary>
internal sealed class SignedUrls(UrlSigner signer, ServerAddress address, IOptions<UrlOptions> options, TimeProvider timeProvider) : ISignedUrls
{
    public const string Root = "v1/files/";
    public const string ArtifactKind = "artifacts";
    public const string AssetKind = "assets";
    public const string UploadKind = "uploads";
    public const string ExpiresParameter = "expires";
    public const string SignatureParameter = "signature";

    public Uri ForArtifact(Guid orgId, string key) => Make(ArtifactKind, orgId, key, options.Value.LifetimeSeconds);

    public Uri ForAsset(Guid orgId, Guid assetId) => Make(AssetKind, orgId, assetId.ToString(), options.Value.LifetimeSeconds);

    public Uri ForUpload(Guid orgId, Guid assetId) => Make(UploadKind, orgId, assetId.ToString(), options.Value.UploadLifetimeSeconds);

    public SignedTarget Resolve(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var isOurs = url.IsAbsoluteUri && new Uri(address.Base, Root).IsBaseOf(url);
        if (!isOurs)
            return new SignedTarget.None();

        // /v1/files/{kind}/{organisation}/{key...} below the path of the base URL.
        var path = Uri.UnescapeDataString(url.AbsolutePath);
        var parts = path[(path.IndexOf(Root, StringComparison.Ordinal) + Root.Length)..].Split('/', 3);
        var query = QueryHelpers.ParseQuery(url.Query);
        return parts.Length == 3
            && Guid.TryParse(parts[1], out var orgId)
            && Verify(parts[0], orgId, parts[2], query.GetValueOrDefault(ExpiresParameter), query.GetValueOrDefault(SignatureParameter)) == UrlVerification.Valid
            ? Target(parts[0], orgId, parts[2])
            : new SignedTarget.Refused();
    }

    /// <summary>Verifies the signature and expiry of a URL.</summary>
    public UrlVerification Verify(string kind, Guid orgId, string key, string? expires, string? signature)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) || !signer.Verifies(kind, orgId, key, until, signature))
            return UrlVerification.Forged;

        return timeProvider.GetUtcNow().ToUnixTimeSeconds() < until ? UrlVerification.Valid : UrlVerification.Expired;
    }

    private Uri Make(string kind, Guid orgId, string key, int lifetimeSeconds)
    {
        var expires = timeProvider.GetUtcNow().ToUnixTimeSeconds() + lifetimeSeconds;
        var signature = signer.Sign(kind, orgId, key, expires);
        return new Uri(address.Base, string.Create(
            CultureInfo.InvariantCulture, $"{Root}{kind}/{orgId}/{key}?{ExpiresParameter}={expires}&{SignatureParameter}={signature}"));
    }

    private static SignedTarget Target(string kind, Guid orgId, string key) => kind switch
    {
        ArtifactKind => new SignedTarget.Artifact(orgId, key),
        AssetKind when Guid.TryParse(key, out var id) => new SignedTarget.Asset(orgId, id),
        UploadKind when Guid.TryParse(key, out var id) => new SignedTarget.Upload(orgId, id),
        _ => new SignedTarget.Refused(),
    };
}

internal enum UrlVerification
{
    Valid,
    Expired,
    Forged,
}
