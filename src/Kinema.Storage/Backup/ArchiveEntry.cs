using System.Text.RegularExpressions;

namespace Kinema.Storage.Backup;

/// <summary>Names inside a backup. They are those of the data folder; nothing else may be in an archive.</summary>
internal static partial class ArchiveEntry
{
    public const string Database = "kinema.db";
    public const string MasterKey = "master.key";

    public static string OfContent(Guid orgId, string digest) => $"content/{orgId}/{digest[..2]}/{digest}";

    public static string OfArtifact(string key) => $"artifacts/{key}";

    /// <summary>The SHA-256 that a content's name promises; null for any other entry.</summary>
    public static string? DigestOf(string name) => name.StartsWith("content/", StringComparison.Ordinal) ? name[(name.LastIndexOf('/') + 1)..] : null;

    /// <summary>Whether an entry may be written below a data folder: no such name leads out of it.</summary>
    public static bool IsKnown(string name) => name is Database or MasterKey || Media.IsMatch(name);

    [GeneratedRegex(
        @"\A(content/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}|artifacts/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,18}/[A-Za-z0-9][A-Za-z0-9._-]{0,99})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Media { get; }
}
