using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Http;

namespace Kinema.Pages;

/// <summary>A tab of each model's page. Registered as a service by the capability that has the page.</summary>
/// <param name="Name">Its value of the query's <c>tab</c>.</param>
/// <param name="Text">Its title.</param>
/// <param name="Order">Its place, from the left: API has 20, Docs has 30.</param>
/// <param name="ShowAsync">Answers with the tab's page of a model.</param>
public sealed record ModelTab(string Name, string Text, int Order, Func<HttpContext, ModelManifest, Task> ShowAsync)
{
    /// <summary>Whether it is shown where the query names no tab. Of several, the one that was registered last is.</summary>
    public bool IsDefault { get; init; }
}
