using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Kinema.Pages.Components;

/// <summary>
/// Renders a component to HTML once, on the server. Not AddRazorComponents: it brings antiforgery and Data Protection, which write keys that nothing here uses.
/// </summary>
internal sealed class ComponentRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<string> RenderAsync<TPage>(object parameters)
        where TPage : IComponent
    {
        var values = parameters.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(parameters));
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(values))).ToHtmlString());
    }
}
