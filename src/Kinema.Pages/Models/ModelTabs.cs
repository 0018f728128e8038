using Kinema.Core.Catalog;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Http;

namespace Kinema.Pages.Models;

/// <summary>The tabs that a model's page has on this server.</summary>
internal sealed class ModelTabs
{
    private readonly ModelTab[] _tabs;
    private readonly ModelTab _default;

    public ModelTabs(IEnumerable<ModelTab> tabs)
    {
        _default = tabs.Last(tab => tab.IsDefault);
        _tabs = [.. tabs.OrderBy(tab => tab.Order)];
    }

    /// <summary>The tab that a request asks for.</summary>
    public ModelTab Choose(HttpRequest request) => Array.Find(_tabs, tab => tab.Name == request.Query["tab"]) ?? _default;

    public IReadOnlyList<PageLink> Links(ModelManifest model, string current) =>
        [.. _tabs.Select(tab => new PageLink(Path(model, tab), tab.Text, tab.Name == current))];

    private string Path(ModelManifest model, ModelTab tab) => tab == _default ? $"/models/{model.Slug}" : $"/models/{model.Slug}?tab={tab.Name}";
}
