using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Spectre.Console;

namespace Kinema.Cli.Secrets;

/// <summary><c>kinema secrets create|list|use|delete</c></summary>
internal static class SecretsCommand
{
    public static Command Create(Terminal terminal) =>
        new("secrets", "Secrets that sign callbacks.") { New(terminal), List(terminal), Use(terminal), Delete(terminal) };

    private static Command New(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var label = new Option<string?>("--label") { HelpName = "LABEL", Description = "For people." };
        var command = new Command("create", "Makes a secret and prints it once. Beside a current one it signs Runflow-Signature only after `use`.") { label, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var (secret, plain) = await store.Secrets.CreateAsync(owner.Id, parsed.GetValue(label), ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { secret.Id, secret.OrgId, secret.KeyPrefix, secret.IsCurrent, secret.Label, secret.CreatedAt, PlainSecret = plain });
                return ExitCodes.Ok;
            }

            terminal.Out.WriteLine(plain);
            terminal.ErrorConsole.MarkupLineInterpolated($"[grey]Secret {secret.Id} of {owner.Slug}. It is shown this once.[/]");
            if (!secret.IsCurrent)
                terminal.ErrorConsole.MarkupLineInterpolated($"[grey]Another one signs Runflow-Signature; add this one to the receiver, then `kinema secrets use {secret.Id}`.[/]");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), LocalOptions.Org());
        var command = new Command("list", "Lists an organisation's secrets, without their texts.") { org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var secrets = await store.Secrets.ListAsync(owner.Id, ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = secrets });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("ID", "BEGINS", "SIGNS", "LAST USED", "LABEL");
            foreach (var secret in secrets)
                table.Add(secret.Id.ToString(), secret.KeyPrefix, secret.IsCurrent ? "current" : "also", Wording.Moment(secret.LastUsedAt), secret.Label);
            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Use(Terminal terminal)
    {
        var (data, org, id) = (CommonOptions.Data(), LocalOptions.Org(), LocalOptions.Id("secret"));
        var command = new Command("use", "Signs Runflow-Signature with this secret from now on.") { id, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var secret = await store.Secrets.UpdateAsync(owner.Id, parsed.GetRequiredValue(id), label: null, isCurrent: true, ct) ?? throw Unknown(owner.Slug, parsed.GetRequiredValue(id));
            if (parsed.WantsJson())
                terminal.WriteJson(secret);
            else
                terminal.Out.WriteLine($"Runflow-Signature is signed with {secret.Id}.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static CommandFailure Unknown(string org, Guid id) =>
        new(ExitCodes.NotFound, $"{org} has no secret {id}; `kinema secrets list` shows those there are.");

    private static Command Delete(Terminal terminal)
    {
        var (data, org, id) = (CommonOptions.Data(), LocalOptions.Org(), LocalOptions.Id("secret"));
        var command = new Command("delete", "Deletes a secret; it signs nothing from then on.") { id, org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var secret = parsed.GetRequiredValue(id);
            if (!await store.Secrets.DeleteAsync(owner.Id, secret, ct))
                throw Unknown(owner.Slug, secret);

            if (parsed.WantsJson())
                terminal.WriteJson(new { id = secret, deleted = true });
            else
                terminal.Out.WriteLine($"Deleted {secret}.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
