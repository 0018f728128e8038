using Kinema.Core.Catalog;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Kinema.Pages;

/// <summary>Answers with pages in the layout that all share, for capabilities that bring pages of their own.</summary>
public interface IPageWriter
{
    /// <param name="title">Title of the page.</param>
    /// <param name="description">One sentence for search engines.</param>
    /// <param name="section">Path of its entry of the main navigation.</param>
    /// <param name="alternate">Its route as Markdown.</param>
    PageFrame Frame(string title, string description, string? section = null, string? alternate = null);

    /// <summary>The frame of a tab of a model's page.</summary>
    PageFrame Frame(ModelManifest model, string tab);

    /// <summary>The URL of a module, for <see cref="PageFrame.Modules"/>.</summary>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    string ModuleUrl(string name);

    /// <summary>
    /// Answers with a page that is made for this request, as with a session, and that nobody keeps. Its policy allows what the frame has: modules, forms.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="frame">The component's parameter <c>Frame</c>.</param>
    /// <param name="parameters">Its other parameters.</param>
    /// <param name="status">Status of the answer.</param>
    Task WriteFreshAsync<TPage>(
        HttpContext context, PageFrame frame, IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent;
}
