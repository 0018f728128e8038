using System.ComponentModel.DataAnnotations;

namespace Kinema.Server.Configuration;

/// <summary>Section <c>Urls</c>: lifetimes of signed URLs.</summary>
internal sealed class UrlOptions
{
    /// <summary>Lifetime of a URL to read an output or an asset, seconds; every read of a record signs a new URL. Default 86400 (24 h).</summary>
    [Range(1, 604_800)]
    public int LifetimeSeconds { get; set; } = 86_400;

    /// <summary>Lifetime of an upload URL, seconds. Default 3600.</summary>
    [Range(1, 86_400)]
    public int UploadLifetimeSeconds { get; set; } = 3600;
}
