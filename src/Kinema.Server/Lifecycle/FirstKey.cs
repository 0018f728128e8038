namespace Kinema.Server.Lifecycle;

/// <summary>API key created on the first start of a data folder, to be shown once. All properties are null on later starts.</summary>
public sealed class FirstKey
{
    /// <summary>The key, <c>rf_live_…</c>.</summary>
    public string? Token { get; internal set; }

    /// <summary>File that stores the key.</summary>
    public string? Path { get; internal set; }

    /// <summary>
    /// Link that signs a browser in with the key: once, for ten minutes. Null where an address that is not loopback is bound. Known once the server has started.
    /// </summary>
    public Uri? SignInLink { get; internal set; }
}
