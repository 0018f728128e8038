namespace Kinema.Core.Catalog;

/// <summary>Suggests a known name for a mistyped one.</summary>
public static class NearestName
{
    private const int MaxLength = 64;

    /// <summary>Returns the closest known name by edit distance, or null if none is close.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxLength)
            return null;

        var nearest = known
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 2) ? nearest.Name : null;
    }

    /// <summary>Computes the edit distance (optimal string alignment): insertions, deletions, replacements and swaps of neighbours.</summary>
    internal static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = table[i - 1, j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                table[i, j] = Math.Min(replace, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
