using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;

namespace Kinema.Cli.Orgs;

/// <summary><c>kinema orgs list|create</c></summary>
internal static class OrgsCommand
{
    public static Command Create(Terminal terminal) => new("orgs", "Organisations of a data folder.") { List(terminal), New(terminal) };

    private static Command List(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var command = new Command("list", "Lists the organisations.") { data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var all = await store.Organizations.ListAsync(ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = all });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("ID", "SLUG", "NAME", "CREATED");
            foreach (var org in all)
                table.Add(org.Id.ToString(), org.Slug, org.Name, Wording.Moment(org.CreatedAt));
            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command New(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "For people; the slug is made from it." };
        name.Validators.Add(r =>
        {
            if (string.IsNullOrWhiteSpace(r.GetValueOrDefault<string>()))
                r.AddError("The name must not be empty.");
        });

        var command = new Command("create", "Makes an organisation.") { name, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: true, ct);
            var org = await store.Organizations.CreateAsync(parsed.GetRequiredValue(name).Trim(), ct);
            if (parsed.WantsJson())
                terminal.WriteJson(org);
            else
                terminal.OutConsole.WriteFacts(("id", org.Id.ToString()), ("slug", org.Slug), ("name", org.Name));
            return ExitCodes.Ok;
        });
        return command;
    }
}
