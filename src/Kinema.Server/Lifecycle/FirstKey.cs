namespace Kinema.Server.Lifecycle;

/// <summary>API key created on the first start of a data folder, to be shown once. Both properties are null on later starts.</summary>
public sealed class FirstKey
{
    /// <summary>The key, <c>rf_live_…</c>.</summary>
    public string? Token { get; internal set; }

    /// <summary>File that stores the key.</summary>
    public string? Path { get; internal set; }
}
