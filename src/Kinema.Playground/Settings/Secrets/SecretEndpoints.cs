using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>The organization's callback secrets: listed, created, made current and deleted.</summary>
internal static class SecretEndpoints
{
    private const int LongestLabel = 255;

    public static void MapSecretPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(SettingsEntry.Secrets.Route, context => ShowAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Secrets.Route, context => CreateAsync(new PageRequest(context))));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Secrets.Route + "/{id}/current", context => MakeCurrentAsync(new PageRequest(context))));
        app.MapGet(SettingsEntry.Secrets.Route + "/{id}/deletion", context => AskAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Secrets.Route + "/{id}/deletion", context => DeleteAsync(new PageRequest(context))));
    }

    /// <summary>Reads the label in a form. Null if it is too long; empty for none.</summary>
    public static string? ReadLabel(IFormCollection form) => form["label"].ToString().Trim() is { Length: <= LongestLabel } label && !label.Any(char.IsControl) ? label : null;

    public static Task<(CallbackSecret Secret, string Text)> CreateAsync(PageRequest page, ApiKey visitor, string label) =>
        page.Service<ICallbackSecrets>().CreateAsync(visitor.OrgId, label.Length == 0 ? null : label, page.Aborted);

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Secrets) is { } visitor)
            await ShowAsync(page, visitor);
    }

    private static async Task CreateAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Secrets) is not var (visitor, form))
            return;

        if (ReadLabel(form) is not { } label)
            await ShowAsync(page, visitor, problem: $"The label must have at most {LongestLabel} characters and no control characters.");
        else
            await ShowAsync(page, visitor, (await CreateAsync(page, visitor, label)).Text);
    }

    private static async Task ShowAsync(PageRequest page, ApiKey visitor, string? created = null, string? problem = null)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Rotation"] = await Rotation.ReadAsync(visitor.OrgId, page.Service<ICallbackSecrets>(), page.Service<ICallbackPauses>(), page.Aborted),
            ["Created"] = created,
            ["Problem"] = problem,
        };
        var status = problem is not null ? StatusCodes.Status422UnprocessableEntity : created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        await page.ShowSettingAsync<SecretsPage>(SettingsEntry.Secrets, parameters, status);
    }

    private static async Task MakeCurrentAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Secrets) is not var (visitor, form) || await FindAsync(page, visitor) is not { } secret)
            return;

        await page.Service<ICallbackSecrets>().UpdateAsync(visitor.OrgId, secret.Id, label: null, isCurrent: true, page.Aborted);
        await page.GoToAsync(BackFrom(form));
    }

    private static async Task AskAsync(PageRequest page)
    {
        if (await FindAsync(page, await page.OpenAsync(SettingsEntry.Secrets)) is { } secret)
            await page.ShowSettingAsync<DeleteSecretPage>(SettingsEntry.Secrets, new() { ["Secret"] = secret, ["From"] = page.Query("from") });
    }

    private static async Task DeleteAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Secrets) is not var (visitor, form) || await FindAsync(page, visitor) is not { } secret)
            return;

        await page.Service<ICallbackSecrets>().DeleteAsync(visitor.OrgId, secret.Id, page.Aborted);
        await page.GoToAsync(BackFrom(form));
    }

    /// <summary>The same form stands on two pages.</summary>
    private static string BackFrom(IFormCollection form) => form["from"] == "rotation" ? RotationEndpoints.Route : SettingsEntry.Secrets.Route;

    private static async Task<CallbackSecret?> FindAsync(PageRequest page, ApiKey? visitor)
    {
        if (visitor is null || await page.IdAsync("callback secret") is not { } id)
            return null;
        if (await page.Service<ICallbackSecrets>().FindAsync(visitor.OrgId, id, page.Aborted) is { } secret)
            return secret;

        await page.RefuseAsync(StatusCodes.Status404NotFound, "Not here", "There is no such callback secret in your organization.");
        return null;
    }
}
