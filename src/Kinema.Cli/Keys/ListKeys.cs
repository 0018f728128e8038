using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Keys;
using Spectre.Console;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys list</c>: an organisation's keys and the operator's worker keys.</summary>
internal static class ListKeys
{
    public static Command Command(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var workersOnly = new Option<bool>("--worker") { Description = "Only the worker keys, which belong to no organisation." };
        var command = new Command("list", "Lists an organisation's keys, and the worker keys.") { workersOnly, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            IReadOnlyList<ApiKey>? keys = null;
            if (!parsed.GetValue(workersOnly))
                keys = await store.Keys.ListAsync((await store.FindOrganizationAsync(parsed.GetValue(org), ct)).Id, ct);

            var workerKeys = await store.WorkerKeys.ListAsync(ct);
            if (parsed.WantsJson())
                terminal.WriteJson(new { items = keys, worker_keys = workerKeys });
            else
                Print(terminal, keys, workerKeys);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<ApiKey>? keys, IReadOnlyList<WorkerKey> workerKeys)
    {
        if (keys is not null)
            terminal.OutConsole.Write(TableOf(keys));
        if (keys is not null && workerKeys.Count > 0)
            terminal.Out.WriteLine();
        if (keys is null || workerKeys.Count > 0)
            terminal.OutConsole.Write(TableOf(workerKeys));
    }

    private static Table TableOf(IReadOnlyList<ApiKey> keys)
    {
        var table = Tables.Create("ID", "NAME", "PREFIX", "STATE", "LAST USED", "SCOPES");
        foreach (var key in keys)
        {
            var scopes = key.IsPlatformAdmin ? "platform admin" : string.Join(' ', key.Scopes);
            table.Add(key.Id.ToString(), key.Name, key.Prefix, StateOf(key.RevokedAt, key.ExpiresAt), Wording.Moment(key.LastUsedAt), scopes);
        }

        return table;
    }

    private static Table TableOf(IReadOnlyList<WorkerKey> keys)
    {
        var table = Tables.Create("WORKER KEY", "NAME", "PREFIX", "STATE", "LAST USED", "ENGINES");
        foreach (var key in keys)
            table.Add(key.Id.ToString(), key.Name, key.Prefix, StateOf(key.RevokedAt, key.ExpiresAt), Wording.Moment(key.LastUsedAt), string.Join(' ', key.EngineIds));
        return table;
    }

    private static string StateOf(DateTimeOffset? revokedAt, DateTimeOffset? expiresAt) =>
        revokedAt is not null ? "revoked" : expiresAt <= TimeProvider.System.GetUtcNow() ? "expired" : "live";
}
