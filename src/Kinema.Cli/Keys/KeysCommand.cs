using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys create|list|revoke</c></summary>
internal static class KeysCommand
{
    public static Command Create(Terminal terminal) =>
        new("keys", "Keys of a data folder's organisations.") { CreateKey.Command(terminal), List(terminal), Revoke(terminal) };

    private static Command List(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var command = new Command("list", "Lists an organisation's keys.") { org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var keys = await store.Keys.ListAsync(owner.Id, ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = keys });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("ID", "NAME", "PREFIX", "STATE", "LAST USED", "SCOPES");
            foreach (var key in keys)
            {
                var state = key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= TimeProvider.System.GetUtcNow() ? "expired" : "live";
                var scopes = key.IsPlatformAdmin ? "platform admin" : string.Join(' ', key.Scopes);
                table.Add(key.Id.ToString(), key.Name, key.Prefix, state, Wording.Moment(key.LastUsedAt), scopes);
            }

            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var (data, org, id) = (CommonOptions.Data(), LocalOptions.Org(), LocalOptions.Id("key"));
        var command = new Command("revoke", "Ends a key at once.") { id, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var key = parsed.GetRequiredValue(id);
            if (!await store.Keys.RevokeAsync(owner.Id, key, ct))
                throw new CommandFailure(ExitCodes.NotFound, $"{owner.Slug} has no live key {key}; `kinema keys list` shows those there are.");

            if (parsed.WantsJson())
                terminal.WriteJson(new { id = key, revoked = true });
            else
                terminal.Out.WriteLine($"Revoked {key}.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
