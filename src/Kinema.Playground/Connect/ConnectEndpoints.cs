using Kinema.Core.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Connect;

/// <summary>Gives a program on the visitor's machine an API key, once the visitor has agreed.</summary>
internal static class ConnectEndpoints
{
    private const string Route = "/connect/api-key";

    public static void MapConnect(this IEndpointRouteBuilder app)
    {
        app.MapGet(Route, context => AskAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(Route, context => GiveAsync(new PageRequest(context))));
    }

    private static async Task AskAsync(PageRequest page)
    {
        if (await ReadAsync(page, page.Query) is not { } request)
            return;

        // The policy of a page judges where its form leads, too.
        var frame = page.Frame("Give a program an API key") with { HasForms = true, FormTarget = request.PolicySource };
        await page.ShowAsync<ConnectPage>(frame, new Dictionary<string, object?>
        {
            ["Name"] = request.Name,
            ["Scopes"] = request.Scopes,
            ["Target"] = request.Target,
            ["Token"] = page.Visitors.FormToken(page.Context, request.Purpose),
        });
    }

    private static async Task GiveAsync(PageRequest page)
    {
        if (await page.ReadFormAsync() is not { } form || await ReadAsync(page, name => form[name] is [{ } value] ? value : null) is not { } request)
            return;

        if (!page.Visitors.Accepts(page.Context, request.Purpose, form["token"]))
        {
            await page.RefuseAsync(StatusCodes.Status403Forbidden, "This form is out of date", "It was made for another session or another request. Start again in the program.");
            return;
        }

        var (_, key) = await page.Service<IApiKeys>().CreateAsync(
            new NewApiKey(page.Visitor!.OrgId, request.Name, request.Scopes, IsPlatformAdmin: false, ExpiresAt: null), page.Aborted);
        await page.LeaveForAsync(request.TargetWith(key));
    }

    /// <summary>Null after the answer was sent: a visitor to sign in first, or a request that cannot be granted.</summary>
    private static async Task<ConnectRequest?> ReadAsync(PageRequest page, Func<string, string?> read)
    {
        if (page.Visitor is not { } visitor)
        {
            await page.AskToSignInAsync();
            return null;
        }

        if (!visitor.Scopes.Contains(Scopes.KeysEdit))
        {
            await page.RefuseAsync(StatusCodes.Status403Forbidden, "This session cannot make keys", $"It lacks the scope {Scopes.KeysEdit}. Sign in with a key that has it.");
            return null;
        }

        var (request, problem) = ConnectRequest.Read(read, visitor);
        if (problem is not null)
            await page.RefuseAsync(StatusCodes.Status422UnprocessableEntity, "The program asked for something that is not possible", problem);
        return request;
    }
}
