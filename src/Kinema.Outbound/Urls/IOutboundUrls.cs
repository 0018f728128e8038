namespace Kinema.Outbound;

/// <summary>URL checks without a connection, for creating runs.</summary>
public interface IOutboundUrls
{
    /// <summary>
    /// Returns null if a media URL may be tried, else the reason for the caller (scheme, user info, a literal forbidden address worded as unreachable).
    /// </summary>
    string? RefuseMedia(string url);

    /// <summary>Same for a callback URL, with the allowed ranges of callbacks.</summary>
    string? RefuseCallback(string url);
}
