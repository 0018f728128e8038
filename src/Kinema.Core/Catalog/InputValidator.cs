using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Checks a caller's input against a manifest; knows no field by name.</summary>
public static class InputValidator
{
    /// <param name="model">The manifest; nothing else decides.</param>
    /// <param name="input">The <c>input</c> member of the body, an object.</param>
    public static InputVerdict Validate(ModelManifest model, JsonElement input) => throw new NotSupportedException($"{model.Slug} {input}");
}
