namespace Kinema.Server;

/// <summary>Startup options of a server; everything else is a setting.</summary>
public sealed class KinemaServerOptions
{
    /// <summary>Addresses to bind, <c>http</c>, or <c>https</c> with a certificate; empty for <c>http://127.0.0.1:8080</c>. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Folder of the database, the media and the keys.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Settings that override files and environment, each <c>Section:Key=Value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
