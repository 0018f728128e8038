using System.CommandLine;
using Kinema.Cli.Output;

namespace Kinema.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string DataVariable = "KINEMA_DATA";
    public const string KeyVariable = "KINEMA_KEY";
    public const string ServerVariable = "KINEMA_SERVER";

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs.", Recursive = true };

    public static Option<bool> Verbose() => new("--verbose") { Description = "Print the whole detail of an unexpected error.", Recursive = true };

    public static Option<string?> Data() => new("--data") { HelpName = "DIR", Description = "The data folder (default: $KINEMA_DATA, else .kinema/data)." };

    public static Option<string?> Server() => new("--server") { HelpName = "URL", Description = "A running server (default: $KINEMA_SERVER)." };

    public static Option<string?> Key() => new("--key") { HelpName = "KEY", Description = "The key for it (default: $KINEMA_KEY)." };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "Section:Key=Value",
        Description = "A setting that wins over files and environment; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    public static bool WantsJson(this ParseResult parsed) => parsed.GetValue<bool>("--json");

    public static bool WantsDetail(this ParseResult parsed) => parsed.GetValue<bool>("--verbose");

    public static string DataFolder(this ParseResult parsed, Option<string?> option, Terminal terminal) =>
        terminal.Resolve(parsed.GetValue(option) ?? terminal.Variable(DataVariable) ?? Path.Combine(".kinema", "data"));
}
