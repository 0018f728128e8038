namespace Kinema.Core.Artifacts;

/// <summary>URLs that need no key: signed, expiring, made from the public base URL.</summary>
public interface ISignedUrls
{
    /// <summary>A link to read a finished file.</summary>
    Uri ForArtifact(Guid orgId, string key);

    /// <summary>A link to read an asset.</summary>
    Uri ForAsset(Guid orgId, Guid assetId);

    /// <summary>A link to PUT an asset's content to.</summary>
    Uri ForUpload(Guid orgId, Guid assetId);

    /// <summary>
    /// What one of our own links points at, so that it can be resolved without a dial. <see cref="SignedTarget.None"/> for any other URL;
    /// <see cref="SignedTarget.Refused"/> for one that is ours but forged or expired.
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
