namespace Kinema.Core.Catalog;

/// <summary>Reference to an asset as an input: <c>runflow://assets/{uuid}</c>, or the UUID alone.</summary>
public static class AssetReference
{
    private const string Scheme = "runflow:";
    private const string Prefix = "runflow://assets/";

    public static bool IsAssetReference(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(string text, out Guid assetId)
    {
        assetId = default;
        return text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(text.AsSpan(Prefix.Length), "D", out assetId);
    }

    /// <summary>A bare asset id means the same as its reference.</summary>
    public static bool TryParseBare(string text, out Guid assetId) => Guid.TryParseExact(text, "D", out assetId);

    public static string For(Guid assetId) => $"{Prefix}{assetId:D}";
}
