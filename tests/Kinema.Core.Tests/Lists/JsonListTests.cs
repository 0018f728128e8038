using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Lists;
using Kinema.Core.Pricing;
using Kinema.Core.Tests.Runs;

namespace Kinema.Core.Tests.Lists;

public sealed class JsonListTests
{
    private static readonly RecordWriter<Item> _record = new(
        ("id", (w, n, i) => w.WriteNumber(n, i.Id)),
        ("name", (w, n, i) => w.WriteString(n, i.Name)),
        ("size", (w, n, i) => w.WriteNumber(n, i.Size)),
        ("price", (w, n, i) => w.WriteString(n, new Money(i.Id * 1_000).ToString())),
        ("made_at", (w, n, i) => w.WriteTime(n, DateTimeOffset.UnixEpoch.AddDays(i.Size ?? 0))),
        ("is_new", (w, n, i) => w.WriteBoolean(n, i.Id > 5)),
        ("note", RecordWriter.Null));

    private static readonly FilterField _name = new("name", FilterValueKind.Text, IsSortable: true);

    private static readonly JsonList<Item> _list = new(
        new ListSchema
        {
            Item = "an item",
            Fields =
            [
                new("id", FilterValueKind.Integer, IsSortable: true), _name, new("size", FilterValueKind.Integer, IsSortable: true),
                new("price", FilterValueKind.Amount, IsSortable: true), new("made_at", FilterValueKind.Time, IsSortable: true), new("is_new", FilterValueKind.Flag),
            ],
            Order = [new(_name, Descending: true)],
            Members = _record.Names,
        },
        _record);

    [Theory]
    [InlineData(null)]
    [InlineData("name")]
    [InlineData("size:desc,name")]
    [InlineData("made_at:desc")]
    [InlineData("price:desc")]
    public void Pages_in_both_directions_hold_every_item_once_although_items_are_added(string? sortBy)
    {
        var random = new Random(14);
        for (var round = 0; round < 50; round++)
        {
            var items = Enumerable.Range(1, random.Next(1, 30)).Select(id => new Item(id, "abc"[random.Next(3)].ToString(), random.Next(4) == 0 ? null : random.Next(3))).ToList();
            var whole = Ids(Read(items, new(Limit: "500", SortBy: sortBy)));
            var limit = random.Next(1, 6).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var read = new List<long>();
            JsonPage page;
            string? cursor = null;
            do
            {
                page = Read(items, new(Limit: limit, SortBy: sortBy, Pq: cursor));
                read.AddRange(Ids(page));
                cursor = page.Next;
                if (items.Count < 60)
                    items.Add(new Item(1_000 + items.Count, "abc"[random.Next(3)].ToString(), 1));
            }
            while (cursor is not null);

            read.Where(id => id < 1_000).ShouldBe(whole);
            read.ShouldBeUnique();

            var back = Ids(page);
            for (cursor = page.Previous; cursor is not null; cursor = page.Previous)
                back.InsertRange(0, Ids(page = Read(items, new(Limit: limit, SortBy: sortBy, Pq: cursor))));
            back.Where(id => id < 1_000).ShouldBe(whole);
            back.ShouldBeUnique();
        }
    }

    [Theory]
    [InlineData("size:null", new long[] { 3 })]
    [InlineData("price>=0.002 AND price<0.004", new long[] { 2, 3 })]
    [InlineData("made_at>1970-01-02", new long[] { 2 })]
    [InlineData("is_new:true", new long[] { 6 })]
    [InlineData("name.NE:'a'", new long[] { 6 })]
    public void An_item_is_filtered_by_what_its_record_shows(string q, long[] expected)
    {
        Item[] items = [new(1, "a", 1), new(2, "a", 5), new(3, "a", null), new(6, "é", 0)];

        Ids(Read(items, new(q, SortBy: "id"))).ShouldBe(expected);
    }

    [Fact]
    public void A_page_shows_the_members_that_were_asked_for_in_the_records_order_and_its_cursors_under_both_names()
    {
        var page = SampleRuns.Json(Read([new(1, "a", 1), new(2, "b", 1)], new(Limit: "1", Fields: "size, id")).ToJson());

        SampleRuns.Names(page).ShouldBe(["items", "first", "next", "previous", "next_pq", "prev_pq"]);
        SampleRuns.Names(page.GetProperty("items")[0]).ShouldBe(["id", "size"]);
        page.GetProperty("next_pq").GetString().ShouldBe(page.GetProperty("next").GetString());
        page.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("q=colour:red", "q")]
    [InlineData("limit=0", "limit")]
    [InlineData("sort_by=note", "sort_by")]
    [InlineData("fields=sise", "fields")]
    [InlineData("from_prev=yes", "from_prev")]
    [InlineData("pq=abc", "pq")]
    [InlineData("pq=bnVsbA", "pq")]
    public void A_parameter_that_cannot_be_followed_is_refused_by_its_name(string text, string parameter)
    {
        var value = text[(parameter.Length + 1)..];
        var parameters = parameter switch
        {
            "q" => new ListParameters(Q: value),
            "limit" => new(Limit: value),
            "sort_by" => new(SortBy: value),
            "fields" => new(Fields: value),
            "from_prev" => new(FromPrev: value),
            _ => new(Pq: value),
        };

        ListQuery.Read(parameters, _list.Schema, out _).ShouldHaveSingleItem().Location.ShouldBe(["query", parameter]);
    }

    [Fact]
    public void A_cursor_of_another_order_or_with_a_value_of_another_type_is_refused()
    {
        var name = new SortKey(_name, Descending: false);
        var good = ListCursorCodec.Encode(new(["a"], 5L), backwards: true, [name]);

        ListQuery.Read(new(SortBy: "name", Pq: good), _list.Schema, out var query).ShouldBeEmpty();
        query!.Backwards.ShouldBeTrue();
        query.Cursor!.Values.ShouldBe(["a"]);
        ListQuery.Read(new(SortBy: "name:desc", Pq: good), _list.Schema, out _).ShouldHaveSingleItem();
        ListQuery.Read(new(SortBy: "name", Pq: ListCursorCodec.Encode(new([5L], 5L), false, [name])), _list.Schema, out _).ShouldHaveSingleItem();
        ListQuery.Read(new(SortBy: "name", Pq: ListCursorCodec.Encode(new(["a"], "5"), false, [name])), _list.Schema, out _).ShouldHaveSingleItem();
        ListQuery.Read(new(SortBy: "name", Pq: ListCursorCodec.Start), _list.Schema, out query).ShouldBeEmpty();
        query!.Cursor.ShouldBeNull();
    }

    private static JsonPage Read(IEnumerable<Item> items, ListParameters parameters)
    {
        ListQuery.Read(parameters, _list.Schema, out var query).ShouldBeEmpty();
        return _list.Read(items, query!);
    }

    private static List<long> Ids(JsonPage page) => [.. page.Rows.Select(row => row.GetProperty("id").GetInt64())];

    private sealed record Item(long Id, string Name, long? Size);
}
