namespace Kinema.Pages;

/// <summary>An entry of the main navigation. Registered as a service by the capability that has the page.</summary>
/// <param name="Href">Path of the page.</param>
/// <param name="Text">Its title.</param>
/// <param name="Order">Its place, from the left: Models has 10, Docs has 40.</param>
public sealed record SiteSection(string Href, string Text, int Order);
