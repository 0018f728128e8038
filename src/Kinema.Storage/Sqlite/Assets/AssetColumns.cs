namespace Kinema.Storage.Sqlite.Assets;

/// <summary>The SQL expressions of the fields that assets are filtered and sorted by.</summary>
internal static class AssetColumns
{
    public static IReadOnlyDictionary<string, string> ByField { get; } = new Dictionary<string, string>
    {
        ["id"] = "id",
        ["name"] = "name",
        ["mime_type"] = "mime_type",
        ["asset_type"] = "iif(mime_type GLOB 'image/*', 'image', iif(mime_type GLOB 'video/*', 'video', iif(mime_type GLOB 'audio/*', 'audio', 'file')))",
        ["source_type"] = "source_type",
        ["size_bytes"] = "size_bytes",
        ["folder_id"] = "folder_id",
        ["created_by"] = "created_by",
        ["created_at"] = "created_at",
        ["updated_at"] = "confirmed_at",
    };
}
