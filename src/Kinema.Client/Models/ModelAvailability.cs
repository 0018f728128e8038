namespace Kinema.Client;

/// <summary>Whether a model accepts runs.</summary>
public static class ModelAvailability
{
    /// <summary>The model accepts runs.</summary>
    public const string Available = "available";

    /// <summary>The model is disabled, or no worker runs it.</summary>
    public const string Unavailable = "unavailable";
}
