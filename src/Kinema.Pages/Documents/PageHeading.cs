namespace Kinema.Pages.Documents;

/// <param name="Id">The anchor, without <c>#</c>.</param>
/// <param name="Text">Text of the heading.</param>
public sealed record PageHeading(string Id, string Text);
