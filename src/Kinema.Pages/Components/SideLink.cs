namespace Kinema.Pages.Components;

/// <param name="Href">Path of the page.</param>
/// <param name="Text">Its title.</param>
/// <param name="IsCurrent">Whether it is the page shown.</param>
public sealed record SideLink(string Href, string Text, bool IsCurrent);
