namespace Kinema.Core.Artifacts;

/// <summary>Creates and resolves signed, expiring URLs that need no API key.</summary>
public interface ISignedUrls
{
    /// <summary>Returns a URL to read an output file.</summary>
    Uri ForArtifact(Guid orgId, string key);

    /// <summary>Returns a URL to read an asset.</summary>
    Uri ForAsset(Guid orgId, Guid assetId);

    /// <summary>Returns a URL to upload an asset's content to.</summary>
    Uri ForUpload(Guid orgId, Guid assetId);

    /// <summary>
    /// Resolves a signed URL of this server without a connection. Returns <see cref="SignedTarget.None"/> for any other URL and
    /// <see cref="SignedTarget.Refused"/> for a forged or expired one.
    /// </summary>
    SignedTarget Resolve(Uri url);
}

public abstract record SignedTarget
{
    private SignedTarget()
    {
    }

    public sealed record None : SignedTarget;

    public sealed record Refused : SignedTarget;

    public sealed record Artifact(Guid OrgId, string Key) : SignedTarget;

    public sealed record Asset(Guid OrgId, Guid AssetId) : SignedTarget;

    public sealed record Upload(Guid OrgId, Guid AssetId) : SignedTarget;
}
