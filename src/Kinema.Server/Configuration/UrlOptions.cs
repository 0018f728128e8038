using System.ComponentModel.DataAnnotations;

namespace Kinema.Server.Configuration;

/// <summary>Section <c>Urls</c>: how long signed URLs live.</summary>
public sealed class UrlOptions
{
    /// <summary>Life of a URL to read an output or an asset, seconds; every read of a record signs afresh. Default 86400 (24 h).</summary>
    [Range(1, 604_800)]
    public int LifetimeSeconds { get; set; } = 86_400;

    /// <summary>Life of a URL to upload to, seconds. Default 3600.</summary>
    [Range(1, 86_400)]
    public int UploadLifetimeSeconds { get; set; } = 3600;
}
