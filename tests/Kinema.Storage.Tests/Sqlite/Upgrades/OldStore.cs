using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite.Upgrades;

/// <summary>A data folder of an earlier version: <c>schema-003.sql</c> is the dump of a store whose server was killed with runs in every state.</summary>
internal static class OldStore
{
    public const string Token = "rf_live_xrgtpcctabhunz7fq0w51dfwl6wild87xz6u6wmzylp7hth2";
    public const string Secret = "whsec_R8kM9TXvSBzTH29vgtd5g14+jg2W1QvcKDqsKr+qGzo=";
    private const string MasterKey = "c2a38a2e24cb232e611e1151370216e0aec065074bfbfcb7ae2cdd75441b3645";

    public static Guid Acme { get; } = Guid.Parse("019d6cf6-b200-79f9-9c86-811efcf2cf0b");

    private static readonly Dictionary<string, string> _files = new()
    {
        ["artifacts/019d6cf7-a048-7d2b-b3b4-f9412ab99d48/1/video.mp4"] = "a video",
        [$"content/{Acme}/92/92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b"] = "a picture",
        [$"content/{Acme}/ea/ea0edfedd15a46d77c006c48417d8bfdba93816371320224457089c3a13b6700"] = "an inline picture",
    };

    public static void Write(string folder)
    {
        using var resource = typeof(OldStore).Assembly.GetManifestResourceStream("schema-003.sql")!;
        using var dump = new StreamReader(resource);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "kinema.db")};Pooling=False;Foreign Keys=False"))
        {
            connection.Open();
            connection.Execute(dump.ReadToEnd());
        }

        File.WriteAllBytes(Path.Combine(folder, "master.key"), Convert.FromHexString(MasterKey));
        foreach (var (name, text) in _files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
