using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Kinema.Pages.Components;

/// <summary>
/// Renders a component to HTML once, on the server. Not AddRazorComponents: it brings antiforgery and Data Protection, which write keys that nothing here uses.
/// </summary>
internal sealed class ComponentRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <param name="parameters">An object with a property for each parameter of the component.</param>
    public Task<string> RenderAsync<TPage>(object parameters)
        where TPage : IComponent =>
        RenderAsync<TPage>(parameters.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters)));

    public async Task<string> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
