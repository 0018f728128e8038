using System.Diagnostics.CodeAnalysis;

namespace Kinema.Core.Keys;

/// <summary>Token of an API key: <c>rf_live_</c> (or <c>rf_svc_</c> for a platform administrator) and what every key has, see <see cref="KeyFormat"/>.</summary>
public sealed record ApiKeyToken
{
    public const string LivePrefix = "rf_live_";
    public const string ServicePrefix = "rf_svc_";

    private ApiKeyToken(string text, bool isPlatformAdmin)
    {
        Text = text;
        IsPlatformAdmin = isPlatformAdmin;
    }

    /// <summary>The whole key.</summary>
    public string Text { get; }

    public bool IsPlatformAdmin { get; }

    /// <summary>The public first part: it may be shown and stored in the clear.</summary>
    public string Prefix => KeyFormat.PublicPartOf(Text);

    public static ApiKeyToken Create(bool isPlatformAdmin) => new(KeyFormat.Create(isPlatformAdmin ? ServicePrefix : LivePrefix), isPlatformAdmin);

    /// <summary>Parses a key and verifies its format and checksum, not whether it was issued.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeyToken? token)
    {
        var isPlatformAdmin = text?.StartsWith(ServicePrefix, StringComparison.Ordinal) == true;
        token = KeyFormat.IsWellFormed(text, isPlatformAdmin ? ServicePrefix : LivePrefix) ? new(text!, isPlatformAdmin) : null;
        return token is not null;
    }

    /// <summary>Returns the SHA-256 hash to store. A random key needs no slow hash.</summary>
    public byte[] Hash() => KeyFormat.Hash(Text);

    /// <summary>Returns only the public prefix, so that logs never contain the key.</summary>
    public override string ToString() => Prefix + "...";
}
