using Kinema.Core.Catalog;

namespace Kinema.Playground.Models;

/// <summary>The rules between fields, in words.</summary>
internal static class GroupRules
{
    public static IEnumerable<string> OfMedia(ModelManifest model) => Of(model, group => HasMedium(model, group));

    public static IEnumerable<string> OfRest(ModelManifest model) => Of(model, group => !HasMedium(model, group));

    private static bool HasMedium(ModelManifest model, IReadOnlyList<string> group) => model.Inputs.Any(field => field.Media is not null && group.Contains(field.Name));

    private static IEnumerable<string> Of(ModelManifest model, Func<IReadOnlyList<string>, bool> isMeant) =>
        model.ExactlyOneOf.Where(isMeant).Select(group => $"Give {Names(model, group, "or")}: exactly one of them.")
            .Concat(model.NotTogether
                .Where(group => isMeant(group) && !model.ExactlyOneOf.Any(one => one.ToHashSet().SetEquals(group)))
                .Select(group => $"{Names(model, group, "and")} exclude each other."));

    private static string Names(ModelManifest model, IReadOnlyList<string> group, string word)
    {
        var names = group.Select(name => model.Inputs.First(field => field.Name == name).DisplayName).ToList();
        return names.Count == 2 ? $"{names[0]} {word} {names[1]}" : $"{string.Join(", ", names[..^1])} {word} {names[^1]}";
    }
}
