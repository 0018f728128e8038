using System.CommandLine;

namespace Kinema.Cli.Local;

/// <summary>Options of commands that use a data folder.</summary>
internal static class LocalOptions
{
    public static Option<string?> Org() => new("--org") { HelpName = "ORG", Description = "The organisation: id, slug or name (default: the only one)." };

    public static Argument<Guid> Id(string what) => new("ID")
    {
        Description = $"The {what}, as `list` shows it.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!Guid.TryParseExact(text, "D", out var id))
                result.AddError($"'{text}' is not an id; ids look like 019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f.");
            return id;
        },
    };
}
