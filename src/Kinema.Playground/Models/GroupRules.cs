using Kinema.Core.Catalog;

namespace Kinema.Playground.Models;

/// <summary>The rules between fields, in words.</summary>
internal static class GroupRules
{
    public static IEnumerable<string> Of(ModelManifest model) =>
        model.ExactlyOneOf.Select(group => $"Give {Names(model, group, "or")}: exactly one of them.")
            .Concat(model.NotTogether
                .Where(group => !model.ExactlyOneOf.Any(one => one.ToHashSet().SetEquals(group)))
                .Select(group => $"{Names(model, group, "and")} exclude each other."));

    private static string Names(ModelManifest model, IReadOnlyList<string> group, string word)
    {
        var names = group.Select(name => model.Inputs.First(field => field.Name == name).DisplayName).ToList();
        return names.Count == 2 ? $"{names[0]} {word} {names[1]}" : $"{string.Join(", ", names[..^1])} {word} {names[^1]}";
    }
}
