using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys revoke</c>: ends a key of either kind.</summary>
internal static class RevokeKey
{
    public static Command Command(Terminal terminal)
    {
        var (data, org, id) = (CommonOptions.Data(), LocalOptions.Org(), LocalOptions.Id("key"));
        var command = new Command("revoke", "Ends a key at once.") { id, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var key = parsed.GetRequiredValue(id);

            // Worker keys first: they need no organisation, which is asked for where there are several.
            if (!await store.WorkerKeys.RevokeAsync(key, ct))
            {
                var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
                if (!await store.Keys.RevokeAsync(owner.Id, key, ct))
                    throw new CommandFailure(ExitCodes.NotFound, $"{owner.Slug} has no live key {key}, and no live worker key has this id; `kinema keys list` shows those there are.");
            }

            if (parsed.WantsJson())
                terminal.WriteJson(new { id = key, revoked = true });
            else
                terminal.Out.WriteLine($"Revoked {key}.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
