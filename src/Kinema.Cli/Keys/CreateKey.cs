using System.CommandLine;
using System.Globalization;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Keys;
using Spectre.Console;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys create</c>: creates an API key or a worker key and prints it once.</summary>
internal static class CreateKey
{
    public const string DefaultName = "cli";

    public static Command Command(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "For people.", DefaultValueFactory = _ => DefaultName };
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
        var worker = new WorkerKeyOptions(name, scopes, admin, org);

        var command = new Command("create", "Makes a key and prints it once.") { name, scopes, admin, expires, org, worker.IsWorker, worker.Engines, data };
        command.Validators.Add(worker.Check);
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var expiresAt = parsed.GetValue(expires) is { } lifetime ? TimeProvider.System.GetUtcNow() + lifetime : (DateTimeOffset?)null;
            if (parsed.GetValue(worker.IsWorker))
                return await CreateForWorkersAsync(terminal, store, worker.Read(parsed, expiresAt), parsed.WantsJson(), ct);

            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var wanted = new NewApiKey(owner.Id, parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), parsed.GetValue(admin), expiresAt);
            var (key, token) = await store.Keys.CreateAsync(wanted, ct);
            if (parsed.WantsJson())
                terminal.WriteJson(new { key.Id, key.OrgId, key.Name, key.Prefix, key.Scopes, key.IsPlatformAdmin, key.ExpiresAt, key.CreatedAt, Key = token });
            else
                Print(terminal, token, $"Key {key.Id} of {owner.Slug}.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<int> CreateForWorkersAsync(Terminal terminal, LocalStore store, NewWorkerKey wanted, bool asJson, CancellationToken ct)
    {
        var (key, token) = await store.WorkerKeys.CreateAsync(wanted, ct);
        if (asJson)
            terminal.WriteJson(new { key.Id, key.Name, key.Prefix, key.EngineIds, key.ExpiresAt, key.CreatedAt, Key = token });
        else
            Print(terminal, token, $"Worker key {key.Id} for {string.Join(", ", key.EngineIds)}.");
        return ExitCodes.Ok;
    }

    /// <summary>The token alone goes to the output, so that a script can take it.</summary>
    private static void Print(Terminal terminal, string token, string what)
    {
        terminal.Out.WriteLine(token);
        terminal.ErrorConsole.MarkupLineInterpolated($"[grey]{what} It is shown this once; only its hash is kept.[/]");
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
