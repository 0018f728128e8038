using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Pages;
using Kinema.Pages.Models;
using Kinema.Playground.Pictures;
using Kinema.Playground.Runs.Panel;

namespace Kinema.Playground.Models;

/// <summary>The tabs of a model's page on which people make a video.</summary>
internal static class ModelPages
{
    public static readonly ModelTab Playground = new("playground", "Playground", 10, (context, model) => ShowPlaygroundAsync(new PageRequest(context), model)) { IsDefault = true };

    public static readonly ModelTab Examples = new("examples", "Examples", 40, (context, model) => ShowExamplesAsync(new PageRequest(context), model));

    private static async Task ShowPlaygroundAsync(PageRequest page, ModelManifest model)
    {
        if (page.Visitor is null && (page.Query("run") ?? page.Query("from")) is not null)
        {
            await page.AskToSignInAsync();
            return;
        }

        var samples = Samples(page, model);
        var start = await FormStart.ReadAsync(page, model, samples);
        await page.ShowAsync<PlaygroundPage>(Frame(page, model, Playground, "playground.js"), new Dictionary<string, object?>
        {
            ["Model"] = model,
            ["Start"] = start,
            ["Engine"] = page.Service<EngineBindings>().Describe(model, await page.Service<IWorkerDirectory>().ReadEnginesAsync(page.Aborted)),
            ["Samples"] = samples,
            ["UploadLimit"] = page.Service<UploadLimit>(),
            ["Code"] = new CodeSamples(model.Slug, page.Service<IPageAddress>().Base, new JsonObject { ["input"] = FirstInput(model, start) }),
            ["Run"] = await ReadRunAsync(page),
        });
    }

    /// <summary>The run that the address names, if the visitor may see it.</summary>
    private static async Task<RunView?> ReadRunAsync(PageRequest page) =>
        page.Visitor is { } visitor && visitor.Scopes.Contains(Scopes.RunsRead) && Guid.TryParse(page.Query("run"), out var id) ? await RunView.ReadAsync(page, visitor, id) : null;

    private static Task ShowExamplesAsync(PageRequest page, ModelManifest model) => page.ShowAsync<ExamplesPage>(Frame(page, model, Examples), new Dictionary<string, object?>
    {
        ["Model"] = model,
        ["Samples"] = Samples(page, model),
    });

    private static IReadOnlyList<SampleStart> Samples(PageRequest page, ModelManifest model) =>
        SampleStart.All(model, page.Service<PictureLibrary>(), page.Service<IPageAddress>().Base);

    private static Pages.Components.PageFrame Frame(PageRequest page, ModelManifest model, ModelTab tab, params IEnumerable<string> modules)
    {
        var writer = page.Service<IPageWriter>();
        return writer.Frame(model, tab.Name) with { Modules = [.. modules.Select(writer.ModuleUrl)], HasForms = page.Visitor is not null };
    }

    /// <summary>What the form shows first, as the module sends it: the values that are given, and the defaults of the fields that are neither folded away nor excluded.</summary>
    private static JsonObject FirstInput(ModelManifest model, FormStart start)
    {
        var input = new JsonObject();
        foreach (var field in model.Inputs)
        {
            var value = start.Input[field.Name] ?? (FieldKinds.IsAdvanced(field) || model.IsExcluded(field.Name, start.Input.ContainsKey) ? null : field.Default);
            if (value is not null)
                input[field.Name] = value.DeepClone();
        }

        return input;
    }
}
