using System.CommandLine;
using System.Globalization;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Keys;
using Spectre.Console;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys create</c>: creates an API key and prints it once.</summary>
internal static class CreateKey
{
    public static Command Command(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "For people.", DefaultValueFactory = _ => "cli" };
        var scopes = new Option<string[]>("--scope")
        {
            HelpName = "SCOPE",
            Description = $"What it may do; may be repeated (default: everything). {string.Join(", ", Scopes.All)}.",
            DefaultValueFactory = _ => [.. Scopes.All],
        };
        scopes.AcceptOnlyFromAmong([.. Scopes.All]);
        var admin = new Option<bool>("--platform-admin") { Description = "May act across organisations on /v1/admin routes." };
        var expires = new Option<TimeSpan?>("--expires")
        {
            HelpName = "TIME",
            Description = "How long it lives, for example 12h or 30d (default: until revoked).",
            CustomParser = result => ReadLifetime(result.Tokens[0].Value, result.AddError),
        };

        var command = new Command("create", "Makes a key and prints it once.") { name, scopes, admin, expires, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var lifetime = parsed.GetValue(expires);
            var wanted = new NewApiKey(
                owner.Id,
                parsed.GetRequiredValue(name),
                parsed.GetRequiredValue(scopes),
                parsed.GetValue(admin),
                lifetime is null ? null : TimeProvider.System.GetUtcNow() + lifetime);
            var (key, token) = await store.Keys.CreateAsync(wanted, ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { key.Id, key.OrgId, key.Name, key.Prefix, key.Scopes, key.IsPlatformAdmin, key.ExpiresAt, key.CreatedAt, Key = token });
                return ExitCodes.Ok;
            }

            terminal.Out.WriteLine(token);
            terminal.ErrorConsole.MarkupLineInterpolated($"[grey]Key {key.Id} of {owner.Slug}. It is shown this once; only its hash is kept.[/]");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static TimeSpan? ReadLifetime(string text, Action<string> addError)
    {
        if (text.Length >= 2 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000)
        {
            switch (text[^1])
            {
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }

        addError($"--expires must be a number and m, h or d, for example 12h or 30d; got '{text}'.");
        return null;
    }
}
