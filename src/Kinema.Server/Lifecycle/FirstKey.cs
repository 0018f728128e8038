namespace Kinema.Server.Lifecycle;

/// <summary>The key made on a data folder's first start, for showing once; both null on every later start.</summary>
public sealed class FirstKey
{
    public string? Token { get; internal set; }

    /// <summary>The file that keeps it.</summary>
    public string? Path { get; internal set; }
}
