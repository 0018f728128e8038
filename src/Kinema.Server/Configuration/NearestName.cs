namespace Kinema.Server.Configuration;

/// <summary>Guesses which known name a mistyped one meant.</summary>
internal static class NearestName
{
    /// <returns>The known name with the fewest edits, or null when none is close.</returns>
    public static string? Of(string word, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(n => n.Edits <= Math.Max(2, n.Name.Length / 2))
        .OrderBy(n => n.Edits)
        .Select(n => n.Name)
        .FirstOrDefault();

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
