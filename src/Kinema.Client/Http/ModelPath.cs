namespace Kinema.Client;

/// <summary>The path of a model inside a route.</summary>
internal static class ModelPath
{
    /// <exception cref="ArgumentException">The path is empty or would leave its route.</exception>
    public static string Escape(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var segments = model.Split('/');
        return segments.Any(s => s is "" or "." or "..")
            ? throw new ArgumentException($"'{model}' is not a model path: it has an empty or relative segment.", nameof(model))
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }
}
