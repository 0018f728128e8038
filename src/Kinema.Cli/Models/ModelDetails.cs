using Kinema.Cli.Output;
using Kinema.Core.Catalog;
using Spectre.Console;

namespace Kinema.Cli.Models;

/// <summary>Prints a manifest as text and as JSON.</summary>
internal static class ModelDetails
{
    public static object ToJson(ModelManifest model) => new
    {
        model.Id,
        model.Slug,
        model.Version,
        model.Name,
        model.Tagline,
        model.Provider,
        model.License,
        model.LastUpdated,
        model.Category,
        model.Enabled,
        Price = new { Amount = model.Price.Amount.ToString(), model.Price.Unit, model.Price.Note },
        Inputs = model.Inputs.Select(f => new
        {
            f.Name,
            Type = TypeOf(f),
            f.Description,
            f.Required,
            f.Default,
            AllowedValues = f.AllowedValues.Count == 0 ? null : f.AllowedValues,
            f.Minimum,
            f.Maximum,
            f.MaxLength,
        }),
        model.ExactlyOneOf,
        model.NotTogether,
        Outputs = model.Outputs.Select(o => new { o.Name, o.Type, o.Description }),
        Examples = model.Examples.Select(e => new { e.Title, e.Description, e.Input }),
    };

    public static void Write(IAnsiConsole console, ModelManifest model)
    {
        console.MarkupLineInterpolated($"[bold]{model.Name}[/]");
        console.WriteLine(model.Tagline);
        console.WriteLine();
        console.WriteFacts(
            ("model", model.Slug),
            ("id", model.Id.ToString()),
            ("provider", model.Provider),
            ("license", model.License),
            ("price", $"{ModelsCommand.Price(model)} ({model.Price.Note})"),
            ("endpoint", $"POST /v1/models/{model.Slug}/runs"),
            ("exactly one of", Groups(model.ExactlyOneOf)),
            ("not together", Groups(model.NotTogether)));
        console.WriteLine();

        var table = Tables.Create("FIELD", "TYPE", "ALLOWED", "DEFAULT");
        foreach (var field in model.Inputs)
            table.Add(field.Name + (field.Required ? " (required)" : ""), TypeOf(field), Allowed(field), field.Default?.ToJsonString());
        console.Write(table);
    }

    private static string? Groups(IReadOnlyList<IReadOnlyList<string>> groups) =>
        groups.Count == 0 ? null : string.Join("; ", groups.Select(g => string.Join(", ", g)));

    private static string TypeOf(FieldManifest field) => field.Type.ToString().ToLowerInvariant();

    private static string? Allowed(FieldManifest field) => field switch
    {
        { AllowedValues.Count: > 0 } => string.Join(", ", field.AllowedValues),
        { Minimum: { } from, Maximum: { } to } => FormattableString.Invariant($"{from} to {to}"),
        { Media: { } media } => $"{string.Join(", ", media.ContentTypes.Select(t => t.Split('/')[^1]))}; up to {Wording.Bytes(media.MaxBytes)}",
        { MaxLength: { } length } => FormattableString.Invariant($"up to {length} characters"),
        _ => null,
    };
}
