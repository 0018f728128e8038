using Kinema.Core.Catalog;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Configuration;

/// <summary>
/// Finds the models that settings name: by their paths, or with <c>_</c> in place of slashes and dots (and dashes, which names of variables cannot have
/// everywhere), as the environment has them.
/// </summary>
internal static class ModelNames
{
    /// <param name="settings">Entries by model; those with a number for a name are left out.</param>
    /// <param name="catalog">The models.</param>
    /// <param name="problems">Gets a sentence for each entry that names no model, several, or one that another entry names too.</param>
    /// <returns>Entries by the slug of their model.</returns>
    public static IReadOnlyDictionary<string, IConfigurationSection> Find(IConfigurationSection settings, ICatalog catalog, List<string> problems)
    {
        var slugs = catalog.Models.Select(model => model.Slug).ToList();
        var found = new Dictionary<string, IConfigurationSection>(StringComparer.Ordinal);
        foreach (var entry in settings.GetChildren().Where(entry => !IsNumber(entry.Key)))
        {
            var named = Named(entry.Key, slugs);
            if (named.Count == 0)
                problems.Add($"{entry.Path} names no model of this server{Hint(entry.Key, slugs)}");
            else if (named.Count > 1)
                problems.Add($"{entry.Path} can mean {string.Join(" and ", named)}; write the model as one of these, in a file or on the command line");
            else if (!found.TryAdd(named[0], entry))
                problems.Add($"{entry.Path} and {found[named[0]].Path} are for the same model; set one of them");
        }

        return found;
    }

    internal static bool IsNumber(string key) => key.All(char.IsAsciiDigit);

    private static List<string> Named(string name, List<string> slugs)
    {
        if (slugs.Find(slug => slug.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return [exact];

        var close = slugs.FindAll(slug => Flatten(slug, "/.").Equals(name, StringComparison.OrdinalIgnoreCase));
        return close.Count == 1 ? close : slugs.FindAll(slug => Flatten(slug, "/.-").Equals(Flatten(name, "/.-"), StringComparison.OrdinalIgnoreCase));
    }

    private static string Flatten(string name, string separators) => string.Concat(name.Select(c => separators.Contains(c, StringComparison.Ordinal) ? '_' : c));

    private static string Hint(string name, List<string> slugs) =>
        NearestName.Find(name, slugs) is { } nearest ? $"; did you mean {nearest}?" : $"; its models are {string.Join(", ", slugs)}";
}
