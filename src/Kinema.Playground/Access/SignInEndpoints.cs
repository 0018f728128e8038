using Kinema.Core.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Access;

/// <summary>Signing in with an API key, or with the link that the server printed, and signing out.</summary>
internal static class SignInEndpoints
{
    private const string Route = "/sign-in";
    private const string Home = "/models";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Route, context => ShowAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(Route, context => SignInAsync(new PageRequest(context))));
        PageRequest.TakesForms(app.MapPost("/sign-out", context => SignOutAsync(new PageRequest(context))));
    }

    private static Task ShowAsync(PageRequest page) => page.Query("code") switch
    {
        // A look at the head, as by a preview of links, must not use the code up.
        { } code when HttpMethods.IsGet(page.Context.Request.Method) => RedeemAsync(page, code),
        _ => ShowFormAsync(page, problem: null, returnTo: page.Query("return")),
    };

    private static async Task RedeemAsync(PageRequest page, string code)
    {
        if (await page.Visitors.RedeemAsync(code, page.Aborted) is not { } key)
        {
            await ShowFormAsync(page, "This link was used before, or is older than ten minutes. Sign in with an API key.", null, StatusCodes.Status403Forbidden);
            return;
        }

        await page.Visitors.SignInAsync(page.Context, key);
        await page.GoToAsync(Home);
    }

    private static async Task SignInAsync(PageRequest page)
    {
        if (await page.ReadFormAsync() is not { } form)
            return;

        var returnTo = form["return"].ToString();
        var text = form["key"].ToString().Trim();
        if (await page.Service<IApiKeys>().AuthenticateAsync(text, page.Aborted) is not { } key)
        {
            var problem = text.Length == 0 ? "Enter an API key." : "This key is unknown, revoked or expired.";
            await ShowFormAsync(page, problem, returnTo, StatusCodes.Status403Forbidden);
            return;
        }

        await page.Visitors.SignInAsync(page.Context, key);
        await page.GoToAsync(IsOwnPath(returnTo) ? returnTo : Home);
    }

    private static async Task SignOutAsync(PageRequest page)
    {
        if (await page.ReadFormAsync() is null)
            return;

        await page.Visitors.SignOutAsync(page.Context);
        await page.GoToAsync(Route);
    }

    private static Task ShowFormAsync(PageRequest page, string? problem, string? returnTo, int status = StatusCodes.Status200OK) => page.ShowAsync<SignInPage>(
        page.Frame("Sign in") with { HasForms = true }, new Dictionary<string, object?> { ["Problem"] = problem, ["ReturnTo"] = returnTo }, status);

    /// <summary>A path of this server as browsers send it: nothing that one would take for another host, and nothing that no header holds.</summary>
    private static bool IsOwnPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
        && path.All(character => character is > ' ' and <= '~');
}
