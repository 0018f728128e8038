namespace Kinema.Core.Prompts;

/// <summary>Who expands a prompt, as records name it.</summary>
public static class PromptExpanders
{
    /// <summary>Rules of this server.</summary>
    public const string Rules = "rules";

    /// <summary>A language model that the operator has set.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>The engine itself: it gets the switch passed on.</summary>
    public const string Engine = "engine";

    /// <summary>Nobody: the prompt stays as the caller wrote it.</summary>
    public const string None = "none";
}
