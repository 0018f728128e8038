using System.Text.RegularExpressions;
using Dapper;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores organisations, each with a slug derived from its name.</summary>
internal sealed partial class SqliteOrganizations(IStoreDatabase database, TimeProvider timeProvider) : IOrganizations
{
    public Task<Organization> CreateAsync(string name, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var now = timeProvider.NowMicros();
            var created = new Organization(Guid.CreateVersion7(timeProvider.GetUtcNow()), name, FreeSlug(c, name), now.FromMicros());
            c.Execute(Sql.AddOrg, new { id = created.Id.ToString(), name, slug = created.Slug, now });
            return created;
        },
        ct);

    public Task<Organization?> FindAsync(Guid id, CancellationToken ct) => database.ReadAsync(
        c => c.QuerySingleOrDefault<OrgRow>(Sql.FindOrg, new { id = id.ToString() })?.ToOrganization(), ct);

    public Task<IReadOnlyList<Organization>> ListAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<Organization>>(
        c => [.. c.Query<OrgRow>(Sql.ListOrgs).Select(o => o.ToOrganization())], ct);

    /// <summary>Derives a slug from the name: lower-case letters, digits and dashes, with a number if it is taken.</summary>
    private static string FreeSlug(IStoreConnection connection, string name)
    {
        var plain = NotForSlugs.Replace(name.ToLowerInvariant(), "-").Trim('-');
        var stem = plain.Length == 0 ? "org" : plain[..Math.Min(plain.Length, 60)];
        var slug = stem;
        for (var number = 2; connection.ExecuteScalar<bool>(Sql.SlugExists, new { slug }); number++)
            slug = $"{stem}-{number}";
        return slug;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotForSlugs { get; }

    private sealed class OrgRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Slug { get; init; }
        public required long CreatedAt { get; init; }

        public Organization ToOrganization() => new(Guid.Parse(Id), Name, Slug, CreatedAt.FromMicros());
    }
}
