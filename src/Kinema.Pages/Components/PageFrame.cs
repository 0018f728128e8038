using Kinema.Pages.Documents;

namespace Kinema.Pages.Components;

/// <summary>What surrounds the content of a page.</summary>
public sealed record PageFrame
{
    public required string Title { get; init; }

    /// <summary>One sentence for search engines.</summary>
    public required string Description { get; init; }

    /// <summary>The path that a proxy puts before every path.</summary>
    public required string Root { get; init; }

    /// <summary>The server's URL for callers, with which the URLs in records begin.</summary>
    public required Uri Base { get; init; }

    /// <summary>URL of the style sheet.</summary>
    public required string Style { get; init; }

    /// <summary>The main navigation.</summary>
    public IReadOnlyList<PageLink> Sections { get; init; } = [];

    /// <summary>The tabs of a model's page.</summary>
    public IReadOnlyList<PageLink> Tabs { get; init; } = [];

    /// <summary>URL of the page as Markdown.</summary>
    public string? Alternate { get; init; }

    public IReadOnlyList<PageHeading> Headings { get; init; } = [];

    /// <summary>URLs of the page's modules. Without one, the page's policy allows no script.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Whether the page's policy allows forms that post to this server.</summary>
    public bool HasForms { get; init; }

    /// <summary>The one other origin to which a form of the page may lead: browsers apply the policy to where an answer redirects, too.</summary>
    public string? FormTarget { get; init; }
}
