namespace Kinema.Pages.Documents;

/// <param name="Path">Path in the repository: <c>docs/engines/motion.md</c>.</param>
/// <param name="Route">Path of its page, without a suffix: <c>/docs/engines/motion</c>.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Text">Markdown.</param>
internal sealed record MarkdownDocument(string Path, string Route, string Title, string Text);
