using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Core.Catalog;
using Spectre.Console;

namespace Kinema.Cli.Models;

/// <summary><c>kinema models list|show ID</c>: shows the manifests; needs no server.</summary>
internal static class ModelsCommand
{
    public static Command Create(Terminal terminal) => new("models", "The models served here.") { List(terminal), Show(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "Lists the models.");
        command.SetAction(parsed =>
        {
            var models = LocalCatalog.Read().Models;
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = models.Select(m => new { m.Id, m.Slug, m.Name, m.Tagline, m.Provider, m.Category, m.Enabled, Price = m.Price.Amount.ToString(), m.Price.Unit }) });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("MODEL", "NAME", "PRICE");
            foreach (var model in models)
                table.Add(model.Slug, model.Name, Price(model));
            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The model's path, for example alibaba/wan/v2.7/image-to-video, or its UUID." };
        var command = new Command("show", "Shows a model's fields, limits and defaults.") { id };
        command.SetAction(parsed =>
        {
            var catalog = LocalCatalog.Read();
            var named = parsed.GetRequiredValue(id);
            var model = (Guid.TryParse(named, out var uuid) ? catalog.Find(uuid) : catalog.Find(named))
                ?? throw new CommandFailure(ExitCodes.NotFound, $"there is no model '{named}'; `kinema models list` shows those there are.");
            if (parsed.WantsJson())
                terminal.WriteJson(ModelDetails.ToJson(model));
            else
                ModelDetails.Write(terminal.OutConsole, model);
            return ExitCodes.Ok;
        });
        return command;
    }

    internal static string Price(ModelManifest model) => $"${model.Price.Amount.ToShortString()}/{model.Price.Unit}";
}
