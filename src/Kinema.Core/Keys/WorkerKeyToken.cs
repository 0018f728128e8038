using System.Diagnostics.CodeAnalysis;

namespace Kinema.Core.Keys;

/// <summary>Token of a worker key: <c>rf_worker_</c> and what every key has, see <see cref="KeyFormat"/>.</summary>
public sealed record WorkerKeyToken
{
    /// <summary>No API key begins like this, so that the kind is known without a query.</summary>
    public const string KindPrefix = "rf_worker_";

    private WorkerKeyToken(string text) => Text = text;

    /// <summary>The whole key.</summary>
    public string Text { get; }

    /// <summary>The public first part: it may be shown and stored in the clear.</summary>
    public string Prefix => KeyFormat.PublicPartOf(Text);

    public static WorkerKeyToken Create() => new(KeyFormat.Create(KindPrefix));

    /// <summary>Parses a key and verifies its format and checksum, not whether it was issued.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WorkerKeyToken? token)
    {
        token = KeyFormat.IsWellFormed(text, KindPrefix) ? new(text!) : null;
        return token is not null;
    }

    /// <summary>Returns the SHA-256 hash to store. A random key needs no slow hash.</summary>
    public byte[] Hash() => KeyFormat.Hash(Text);

    /// <summary>Returns only the public prefix, so that logs never contain the key.</summary>
    public override string ToString() => Prefix + "...";
}
