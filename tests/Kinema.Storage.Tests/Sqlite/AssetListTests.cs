using Dapper;
using Kinema.Core.Assets;
using Kinema.Core.Lists;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Assets;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>The list of assets agrees with a list in memory, pages both ways, uses its index and examines a bounded number.</summary>
public sealed class AssetListTests : IDisposable
{
    private static readonly Guid _org = Guid.Parse("019e0000-0000-7000-8000-000000000001");
    private static readonly string[] _filters =
    [
        "", "name:a", "name!=a", "asset_type:image", "NOT asset_type:file AND size_bytes>3", "folder_id:null OR size_bytes<=2", "created_at>=1970-01-01T00:00:00.002Z",
        "created_at=1970-01-01T00:00:00.003Z", "NOT (source_type:inline OR name:b)", "created_by!=null", "updated_at>1970-01-01T00:00:00.004Z AND created_at<1970-01-01T00:00:00.006Z",
    ];

    private static readonly string[] _orders = ["", "created_at", "-created_at", "name", "name:desc,size_bytes", "asset_type,created_at:desc", "updated_at:desc", "size_bytes:desc"];

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public AssetListTests()
    {
        // As SqliteDatabase does.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        _connection.Open();
        Migrations.Apply(_connection, 0);
        _connection.Execute("INSERT INTO orgs (id, name, slug, created_at) VALUES (@id, 'a', 'a', 0);", new { id = _org.ToString() });
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Pages_agree_with_a_list_in_memory_for_every_filter_order_and_direction()
    {
        var random = new Random(9);
        var assets = Enumerable.Range(0, 60).Select(i => Random(random, i)).ToList();
        assets.ForEach(asset => AssetRow.Add(_connection, asset));
        _connection.Execute("UPDATE assets SET folder_id = id WHERE size_bytes = 3;");
        assets = [.. assets.Where(asset => asset.ConfirmedAt is not null).Select(asset => asset.SizeBytes == 3 ? asset with { FolderId = asset.Id } : asset)];
        foreach (var q in _filters)
        {
            foreach (var order in _orders)
                CheckPages(assets, new(q, SortBy: order, Limit: random.Next(1, 9).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Assets_that_are_added_meanwhile_neither_repeat_nor_skip_one()
    {
        var random = new Random(10);
        for (var i = 0; i < 20; i++)
            AssetRow.Add(_connection, Random(random, i) with { ConfirmedAt = DateTimeOffset.UnixEpoch });
        foreach (var order in new[] { "", "name:desc", "created_at" })
        {
            var before = Read(new(SortBy: order, Limit: "500")).Items.Select(asset => asset.Id).ToList();
            var seen = new List<Guid>();
            AssetPage page;
            ListCursor? cursor = null;
            do
            {
                var query = Query(new(SortBy: order, Limit: "3")) with { Cursor = cursor };
                page = AssetListReader.Read(_connection, _org, query);
                seen.AddRange(page.Items.Select(asset => asset.Id));
                cursor = AssetFields.PlaceOf(page.Items[^1], query.Sort);
                if (seen.Count < 40)
                    AssetRow.Add(_connection, Random(random, 100 + seen.Count) with { ConfirmedAt = DateTimeOffset.UnixEpoch });
            }
            while (page.HasMore);

            seen.ShouldBeUnique();
            seen.Where(before.Contains).ShouldBe(before);
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("created_at>2026-01-01 AND created_at<2026-02-01", "created_at")]
    public void A_list_by_creation_is_read_from_its_index_in_order(string q, string? order)
    {
        var query = Query(new(q, SortBy: order)) with { Cursor = new([5L], Guid.Empty.ToString()) };

        AssetFields.IsIndexed(query).ShouldBeTrue();
        var plan = string.Join('\n', AssetListReader.Explain(_connection, _org, query));
        plan.ShouldContain("assets_by_org (org_id=? AND ");
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [Fact]
    public void Any_other_list_examines_a_bounded_number_and_goes_on_where_it_stopped()
    {
        _connection.Execute(
            """
            INSERT INTO assets (id, org_id, name, mime_type, size_bytes, source_type, created_at, confirmed_at)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @last)
            SELECT printf('%08x-0000-7000-8000-000000000000', i), @org, 'n' || i, 'image/png', i, 'upload', i, i FROM n;
            """,
            new { last = AssetPage.MaxExamined, org = _org.ToString() });

        var page = Read(new("name:n0"));
        page.Items.ShouldBeEmpty();
        page.Examined.ShouldNotBeNull();
        AssetListReader.Read(_connection, _org, Query(new("name:n0")) with { Cursor = page.Examined }).Items.ShouldHaveSingleItem().Name.ShouldBe("n0");

        var sorted = Read(new(SortBy: "size_bytes", Limit: "1"));
        sorted.IsCut.ShouldBeTrue();
        sorted.Items.ShouldHaveSingleItem().SizeBytes.ShouldBe(1);
    }

    private void CheckPages(List<Asset> assets, ListParameters parameters)
    {
        var query = Query(parameters);
        var matcher = new FilterMatcher<Asset>((asset, field) => AssetFields.PlaceOf(asset, [new(field, false)]).Values[0]);
        var matching = assets.Where(asset => matcher.Matches(query.Filter, asset)).Select(asset => asset.Id).ToHashSet();
        var whole = Read(parameters with { Limit = "500" }).Items;
        whole.Select(asset => asset.Id).ShouldBe(matching, ignoreOrder: true, parameters.ToString());
        var key = query.Sort[0];
        foreach (var (one, other) in whole.Zip(whole.Skip(1)))
            ShouldBeInOrder(AssetFields.PlaceOf(one, [key]).Values[0]!, AssetFields.PlaceOf(other, [key]).Values[0]!, key.Descending, parameters.ToString());

        var (pages, cursor) = (new List<AssetPage>(), (ListCursor?)null);
        do
        {
            pages.Add(AssetListReader.Read(_connection, _org, query with { Cursor = cursor }));
            cursor = pages[^1].Items.Count > 0 ? AssetFields.PlaceOf(pages[^1].Items[^1], query.Sort) : null;
        }
        while (pages[^1].HasMore);

        pages.SelectMany(page => page.Items).ShouldBe(whole, parameters.ToString());
        for (var i = pages.Count - 1; i > 0; i--)
        {
            var back = AssetListReader.Read(_connection, _org, query with { Cursor = AssetFields.PlaceOf(pages[i].Items[0], query.Sort), Backwards = true });
            back.Items.ShouldBe(pages[i - 1].Items, parameters.ToString());
            back.HasMore.ShouldBe(i > 1);
        }
    }

    private static void ShouldBeInOrder(object one, object other, bool descending, string because)
    {
        var order = (one, other) is (long a, long b) ? a.CompareTo(b) : string.CompareOrdinal((string)one, (string)other);
        (descending ? -order : order).ShouldBeLessThanOrEqualTo(0, because);
    }

    private AssetPage Read(ListParameters parameters) => AssetListReader.Read(_connection, _org, Query(parameters));

    private static ListQuery Query(ListParameters parameters)
    {
        ListQuery.Read(parameters, AssetFields.Schema, out var query).ShouldBeEmpty();
        return query!;
    }

    /// <summary>Times repeat and fall between milliseconds; one in eight is not confirmed.</summary>
    private static Asset Random(Random random, int i) => new()
    {
        Id = new Guid($"{random.Next():x8}-0000-7000-8000-{i:x12}"),
        OrgId = _org,
        Name = "abcé"[random.Next(4)].ToString(),
        MimeType = new[] { "image/png", "video/mp4", "audio/wav", AssetTypes.Unknown }[random.Next(4)],
        SizeBytes = random.Next(1, 6),
        SourceType = random.Next(2) == 0 ? "upload" : "inline",
        CreatedBy = random.Next(3) == 0 ? null : _org,
        CreatedAt = DateTimeOffset.UnixEpoch.AddMicroseconds(random.Next(8_000)),
        ConfirmedAt = random.Next(8) == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(random.Next(8_000)),
    };
}
