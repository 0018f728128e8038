namespace Kinema.Pages.Components;

/// <summary>An entry of a navigation.</summary>
/// <param name="Href">Path of the page, without the one that a proxy puts before it.</param>
/// <param name="Text">Its title.</param>
/// <param name="IsCurrent">Whether it is the page shown.</param>
public sealed record PageLink(string Href, string Text, bool IsCurrent);
