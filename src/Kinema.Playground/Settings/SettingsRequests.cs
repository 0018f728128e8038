using Kinema.Core.Keys;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kinema.Playground.Settings;

/// <summary>What requests for pages of the settings have in common.</summary>
internal static class SettingsRequests
{
    public const string Section = "/settings";

    /// <summary>The visitor, if the session opens the page. Null after the answer was sent.</summary>
    /// <param name="page">The request.</param>
    /// <param name="entry">The page.</param>
    /// <param name="alsoNeeds">A scope that this request needs beside the page's.</param>
    public static async Task<ApiKey?> OpenAsync(this PageRequest page, SettingsEntry entry, string? alsoNeeds = null)
    {
        if (page.Visitor is not { } visitor)
        {
            await page.AskToSignInAsync(entry.Route);
            return null;
        }

        foreach (var scope in new[] { entry.Scope, alsoNeeds })
        {
            if (scope is null || visitor.Scopes.Contains(scope))
                continue;

            await page.ShowSettingAsync<MissingScopePage>(entry, new() { ["Entry"] = entry, ["Scope"] = scope }, StatusCodes.Status403Forbidden);
            return null;
        }

        return visitor;
    }

    /// <summary>The form of a request that changes something, if it is one of our own and the session may send it. Null after the answer was sent.</summary>
    public static async Task<(ApiKey Visitor, IFormCollection Form)?> OpenFormAsync(this PageRequest page, SettingsEntry entry, string? alsoNeeds = null) =>
        await page.ReadFormAsync() is { } form && await page.OpenAsync(entry, alsoNeeds) is { } visitor ? (visitor, form) : null;

    /// <summary>The id in the route. Null after the answer was sent that there is no such thing.</summary>
    /// <param name="page">The request.</param>
    /// <param name="what">What the id would name, with its article.</param>
    public static async Task<Guid?> IdAsync(this PageRequest page, string what)
    {
        if (Guid.TryParseExact(page.Context.Request.RouteValues["id"] as string, "D", out var id))
            return id;

        await page.RefuseAsync(StatusCodes.Status404NotFound, "Not here", $"There is no {what} with this id.");
        return null;
    }

    public static Task ShowSettingAsync<TPage>(this PageRequest page, SettingsEntry entry, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        page.ShowAsync<TPage>(page.Frame(entry.Name, Section, "local-times.js", "settings-copy.js"), parameters, status);
}
