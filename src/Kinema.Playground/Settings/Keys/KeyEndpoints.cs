using Kinema.Core.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Keys;

/// <summary>The organization's API keys: listed, created and revoked.</summary>
internal static class KeyEndpoints
{
    public static void MapKeyPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(SettingsEntry.Keys.Route, context => ShowAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Keys.Route, context => CreateAsync(new PageRequest(context))));
        app.MapGet(SettingsEntry.Keys.Route + "/{id}/revocation", context => AskAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(SettingsEntry.Keys.Route + "/{id}/revocation", context => RevokeAsync(new PageRequest(context))));
    }

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Keys) is { } visitor)
            await ShowAsync(page, visitor, KeyDraft.Empty);
    }

    private static async Task CreateAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Keys) is not var (visitor, form))
            return;

        var draft = KeyDraft.Read(form);
        var problems = draft.Problems(visitor);
        if (problems.Count > 0)
        {
            await ShowAsync(page, visitor, draft, problems);
            return;
        }

        // The answer itself shows the key: in an address or a store of the browser it would outlive this page.
        var now = page.Service<TimeProvider>().GetUtcNow();
        var created = await page.Service<IApiKeys>().CreateAsync(
            new NewApiKey(visitor.OrgId, draft.Name, draft.Scopes, IsPlatformAdmin: false, draft.ExpiresAt(now)), page.Aborted);
        await ShowAsync(page, visitor, KeyDraft.Empty, created: created);
    }

    private static async Task ShowAsync(
        PageRequest page, ApiKey visitor, KeyDraft draft, ILookup<string, string>? problems = null, (ApiKey Key, string Token)? created = null)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Keys"] = await page.Service<IApiKeys>().ListAsync(visitor.OrgId, page.Aborted),
            ["Draft"] = draft,
            ["Problems"] = problems ?? Array.Empty<string>().ToLookup(text => text),
            ["CreatedName"] = created?.Key.Name,
            ["CreatedToken"] = created?.Token,
            ["Now"] = page.Service<TimeProvider>().GetUtcNow(),
        };
        var status = problems is not null ? StatusCodes.Status422UnprocessableEntity : created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        await page.ShowSettingAsync<KeysPage>(SettingsEntry.Keys, parameters, status);
    }

    private static async Task AskAsync(PageRequest page)
    {
        if (await FindAsync(page, await page.OpenAsync(SettingsEntry.Keys)) is { } key)
            await page.ShowSettingAsync<RevokeKeyPage>(SettingsEntry.Keys, new() { ["Key"] = key });
    }

    private static async Task RevokeAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Keys) is not var (visitor, _) || await FindAsync(page, visitor) is not { } key)
            return;

        await page.Service<IApiKeys>().RevokeAsync(visitor.OrgId, key.Id, page.Aborted);
        await page.GoToAsync(SettingsEntry.Keys.Route);
    }

    private static async Task<ApiKey?> FindAsync(PageRequest page, ApiKey? visitor)
    {
        if (visitor is null || await page.IdAsync("key") is not { } id)
            return null;
        if ((await page.Service<IApiKeys>().ListAsync(visitor.OrgId, page.Aborted)).FirstOrDefault(found => found.Id == id) is { RevokedAt: null } key)
            return key;

        await page.RefuseAsync(StatusCodes.Status404NotFound, "Not here", "There is no such key in your organization, or it was revoked.");
        return null;
    }
}
