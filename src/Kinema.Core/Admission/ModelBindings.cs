using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>The engines of each model, in order of preference: what the operator bound, or the default.</summary>
/// <param name="listed">Engine ids that the operator bound without a model, <c>Engines:Bindings:0</c> and so on.</param>
/// <param name="bound">Engine ids that the operator bound, by model, <c>Engines:Bindings:{slug}:0</c> and so on.</param>
public sealed class ModelBindings(IReadOnlyList<string> listed, IReadOnlyDictionary<string, IReadOnlyList<string>> bound)
{
    /// <summary>Engine of a model that names none, where none is bound.</summary>
    private const string Default = "motion";

    /// <summary>Models that a list without a model is for; it is older than bindings per model.</summary>
    private const string ListedModels = "alibaba/wan/v2.7/";

    public IReadOnlyList<string> Of(ModelManifest model) => bound.GetValueOrDefault(model.Slug) ?? (HasList(model) ? listed : [DefaultOf(model)]);

    /// <summary>Returns a problem for each binding of an engine that the model's manifest does not allow.</summary>
    public IEnumerable<string> FindProblems(ICatalog catalog) => catalog.Models.SelectMany(FindProblems);

    private IEnumerable<string> FindProblems(ModelManifest model) => Of(model).Where(engine => !model.Allows(engine)).Select(engine =>
        $"{Place(model)} names the engine \"{engine}\", but {model.Slug} is served by {string.Join(" or ", model.Engines.Select(name => $"{name} and {name}-…"))} only");

    private string Place(ModelManifest model) => bound.ContainsKey(model.Slug) ? $"Engines:Bindings:{model.Slug}" : "Engines:Bindings";

    private bool HasList(ModelManifest model) => listed.Count > 0 && model.Slug.StartsWith(ListedModels, StringComparison.Ordinal);

    private static string DefaultOf(ModelManifest model) => model.Engines.Count > 0 ? model.Engines[0] : Default;
}
