namespace Kinema.Outbound;

/// <summary>The checks of a URL that need no connection, for use at create.</summary>
public interface IOutboundUrls
{
    /// <summary>Null when a media URL may be tried, else the reason for the caller (scheme, user info, a literal forbidden address worded as unreachable).</summary>
    string? RefuseMedia(string url);

    /// <summary>The same for a callback URL, with its own list of opened ranges.</summary>
    string? RefuseCallback(string url);
}
