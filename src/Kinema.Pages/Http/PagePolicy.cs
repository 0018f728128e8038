using Kinema.Pages.Components;

namespace Kinema.Pages.Http;

/// <summary>The content security policies of pages: what a page does not have, its policy does not allow.</summary>
internal static class PagePolicy
{
    /// <summary>Of a page that is only read.</summary>
    public static string Text { get; } = Write(modules: false, forms: "'none'");

    public static string For(PageFrame frame) => Write(frame.Modules.Count > 0, frame.HasForms ? $"'self' {frame.FormTarget}".TrimEnd() : "'none'");

    private static string Write(bool modules, string forms) =>
        "default-src 'none'; style-src 'self'; "
        + (modules ? "script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " : "img-src 'self' data:; ")
        + $"base-uri 'none'; form-action {forms}; frame-ancestors 'none'";
}
