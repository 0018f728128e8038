using Kinema.Core.Keys;
using Kinema.Pages;
using Kinema.Pages.Components;
using Kinema.Playground.Access;
using Kinema.Playground.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground;

/// <summary>A request for a page of the playground: who asks, and the ways to answer.</summary>
internal sealed class PageRequest(HttpContext context)
{
    /// <summary>The longest form, bytes.</summary>
    private const int LongestForm = 16 * 1024;

    private readonly IVisitors _visitors = context.RequestServices.GetRequiredService<IVisitors>();
    private readonly IPageWriter _pages = context.RequestServices.GetRequiredService<IPageWriter>();

    public HttpContext Context => context;

    public CancellationToken Aborted => context.RequestAborted;

    public IVisitors Visitors => _visitors;

    /// <summary>The visitor's key, or null.</summary>
    public ApiKey? Visitor => _visitors.Find(context);

    /// <summary>The path that a proxy puts before every path.</summary>
    public string Root => Service<IPageAddress>().Root;

    public T Service<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    public string? Query(string name) => context.Request.Query[name] is [{ } value] ? value : null;

    /// <param name="title">Title of the page.</param>
    /// <param name="section">Path of its entry of the main navigation.</param>
    /// <param name="modules">Names of its modules.</param>
    public PageFrame Frame(string title, string? section = null, params IEnumerable<string> modules) =>
        _pages.Frame(title, title, section) with { Modules = [.. modules.Select(_pages.ModuleUrl)], HasForms = Visitor is not null };

    /// <summary>Answers with a page. The component has the parameters <c>Frame</c> and <c>Visitor</c>, and those given.</summary>
    public Task ShowAsync<TPage>(PageFrame frame, IReadOnlyDictionary<string, object?>? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        _pages.WriteFreshAsync<TPage>(context, frame, new Dictionary<string, object?>(parameters ?? new Dictionary<string, object?>()) { ["Visitor"] = Visitor }, status);

    /// <summary>Sends the browser on with a GET.</summary>
    /// <param name="path">A path of this server, without the one that a proxy puts before it.</param>
    public Task GoToAsync(string path) => LeaveForAsync(Root + path);

    /// <summary>Sends the browser to another address with a GET.</summary>
    public Task LeaveForAsync(string url)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = url;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>Sends a visitor without a session to sign in, and back here afterwards.</summary>
    /// <param name="formPage">Where to come back to from a form instead: it is not sent again, and its path may answer to nothing else.</param>
    public Task AskToSignInAsync(string? formPage = null)
    {
        var back = formPage is not null && HttpMethods.IsPost(context.Request.Method) ? formPage : context.Request.Path + context.Request.QueryString;
        return GoToAsync($"/sign-in?return={Uri.EscapeDataString(back)}");
    }

    /// <summary>
    /// The visitor, who has this scope. Null after the answer was sent: another site's form, one who is to sign in first, or whose session lacks the scope.
    /// </summary>
    /// <param name="scope">The scope.</param>
    /// <param name="formPage">As <see cref="AskToSignInAsync"/> takes it.</param>
    public async Task<ApiKey?> RequireAsync(string scope, string? formPage = null)
    {
        if (IsForeign)
            await RefuseForeignAsync();
        else if (Visitor is not { } visitor)
            await AskToSignInAsync(formPage);
        else if (visitor.Scopes.Contains(scope))
            return visitor;
        else
            await RefuseAsync(StatusCodes.Status403Forbidden, "This session may not do that", $"It lacks the scope {scope}. Sign in with a key that has it.");

        return null;
    }

    /// <summary>
    /// Reads the form of one of our own pages. Null after the refusal was sent: a form from another site's page, or no form.
    /// </summary>
    public async Task<IFormCollection?> ReadFormAsync()
    {
        if (IsForeign)
        {
            await RefuseForeignAsync();
            return null;
        }

        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(StatusCodes.Status415UnsupportedMediaType, "Not a form", "The request must be a form.");
            return null;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            // Without a boundary, in a character set that nobody should use, with a NUL, or with more fields than any of our forms has.
            await RefuseAsync(StatusCodes.Status400BadRequest, "Not a form", "The form could not be read. Open the page and try again.");
            return null;
        }
    }

    /// <summary>Whether the request would change something, and no page of this server sent it: the session's cookie counts for nothing then.</summary>
    public bool IsForeign => HttpMethods.IsPost(context.Request.Method) && !_visitors.IsFromOwnPage(context.Request);

    public Task RefuseForeignAsync() => RefuseAsync(
        StatusCodes.Status403Forbidden, "This form must be sent from its own page", "The request came from another site, or from a program. Open the page and try again.");

    /// <summary>Answers with a page that says what is wrong.</summary>
    /// <param name="status">The status.</param>
    /// <param name="title">What is wrong, in a few words.</param>
    /// <param name="message">What the visitor can know of it.</param>
    /// <param name="way">Where to go from there: a path of this server, without the one that a proxy puts before it, and what it leads to.</param>
    public Task RefuseAsync(int status, string title, string message, (string Path, string Text)? way = null) =>
        ShowAsync<MessagePage>(Frame(title), new Dictionary<string, object?> { ["Message"] = message, ["Way"] = way }, status);

    /// <summary>Bounds the bodies of a route that takes forms.</summary>
    public static void TakesForms(IEndpointConventionBuilder route) => route.WithMetadata(new RequestSizeLimitAttribute(LongestForm));
}
