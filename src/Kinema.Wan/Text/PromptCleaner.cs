namespace Kinema.Wan.Text;

/// <summary>Stub.</summary>
internal static class PromptCleaner
{
    public static string Clean(string text) => text.Trim();
}
