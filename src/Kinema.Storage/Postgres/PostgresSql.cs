using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Kinema.Storage.Postgres;

/// <summary>
/// Gives PostgreSQL the store's statements. A statement that needs other words has a file of the same name in <c>Postgres/Sql</c>; what differs everywhere
/// alike is replaced here.
/// </summary>
internal sealed partial class PostgresSql
{
    private const string Prefix = "postgres-";

    /// <summary>Lists with filters have many texts; the store's own are about 150.</summary>
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<string, string> _translated = new(StringComparer.Ordinal);

    public PostgresSql()
    {
        var assembly = typeof(PostgresSql).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
            _translated[Read(assembly, name[Prefix.Length..])] = Read(assembly, name);
    }

    public string Translate(string text)
    {
        if (_translated.TryGetValue(text, out var known))
            return known;

        var translated = IndexHint.Replace(text, "");
        translated = JsonList.Replace(translated, "json_array_elements_text($1::json)");
        translated = Different.Replace(translated, " IS DISTINCT FROM $1");
        translated = Same.Replace(translated, " IS NOT DISTINCT FROM $1");
        translated = NullParameter.Replace(translated, "$1::text IS NULL");
        translated = Larger.Replace(translated, "greatest($1)");
        translated = Smaller.Replace(translated, "least($1)");
        translated = TruthParameter.Replace(translated, "CASE WHEN $1 = 1 THEN");
        translated = RowId.Replace(translated, "ctid");
        translated = translated.Replace("instr(", "strpos(", StringComparison.Ordinal).Replace(" +org_id", " org_id", StringComparison.Ordinal);
        if (_translated.Count < MostKept)
            _translated[text] = translated;
        return translated;
    }

    private static string Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The statement '{name}' is not embedded.");
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }

    [GeneratedRegex(@" INDEXED BY \w+")]
    private static partial Regex IndexHint { get; }

    [GeneratedRegex(@"json_each\((@\w+)\)")]
    private static partial Regex JsonList { get; }

    [GeneratedRegex(@" IS NOT (@\w+|excluded\.\w+)")]
    private static partial Regex Different { get; }

    [GeneratedRegex(@" IS (@\w+|excluded\.\w+)")]
    private static partial Regex Same { get; }

    [GeneratedRegex(@"(@\w+) IS NULL")]
    private static partial Regex NullParameter { get; }

    [GeneratedRegex(@"\bmax\((@\w+, \w+)\)")]
    private static partial Regex Larger { get; }

    [GeneratedRegex(@"\bmin\((@\w+, \w+)\)")]
    private static partial Regex Smaller { get; }

    [GeneratedRegex(@"CASE WHEN (@\w+) THEN")]
    private static partial Regex TruthParameter { get; }

    [GeneratedRegex(@"\browid\b")]
    private static partial Regex RowId { get; }
}
