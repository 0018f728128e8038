using Kinema.Core.Catalog;
using Kinema.Core.Lists;

namespace Kinema.Core.Tests.Lists;

public sealed class FilterReaderTests
{
    private static readonly FilterReader _reader = new(TestItem.Fields);

    [Theory]
    [InlineData("status_code:succeeded", "status_code='succeeded'")]
    [InlineData("status_code=succeeded", "status_code='succeeded'")]
    [InlineData("status_code.EQ:'succeeded'", "status_code='succeeded'")]
    [InlineData("status_code.eq:succeeded", "status_code='succeeded'")]
    [InlineData("status_code.NE:'failed'", "status_code!='failed'")]
    [InlineData("  duration_ms >= 5000 ", "duration_ms>=5000")]
    [InlineData("duration_ms.GTE:5000", "duration_ms>=5000")]
    [InlineData("status_code:succeeded AND created_at>2026-04-01", "status_code='succeeded' AND created_at>2026-04-01T00:00:00.000Z")]
    [InlineData("status_code:succeeded and not client_ref:'x y'", "status_code='succeeded' AND NOT (client_ref='x y')")]
    [InlineData("client_ref:a OR client_ref:b AND cost>0.5", "client_ref='a' OR (client_ref='b' AND cost>0.5)")]
    [InlineData("(client_ref:a OR client_ref:b) AND cost>0.5", "(client_ref='a' OR client_ref='b') AND cost>0.5")]
    [InlineData("NOT NOT client_ref:a", "client_ref='a'")]
    [InlineData("NOT(client_ref:a)", "NOT (client_ref='a')")]
    [InlineData("client_ref:'it''s'", "client_ref='it''s'")]
    [InlineData("client_ref:\"it's\"", "client_ref='it''s'")]
    [InlineData("client_ref:''", "client_ref=''")]
    [InlineData("client_ref:null", "client_ref=null")]
    [InlineData("client_ref!=null", "client_ref!=null")]
    [InlineData("client_ref:'null'", "client_ref='null'")]
    [InlineData("client_ref:OR OR client_ref:AND", "client_ref='OR' OR client_ref='AND'")]
    [InlineData("model:alibaba/wan/v2.7/image-to-video", "model='alibaba/wan/v2.7/image-to-video'")]
    [InlineData("created_at:'2026-04-01T12:30:15.123456+02:00'", "created_at=2026-04-01T10:30:15.123Z")]
    [InlineData("created_at<'2026-04-01 12:30'", "created_at<2026-04-01T12:30:00.000Z")]
    [InlineData("created_at<1969-12-31T23:59:59.9999Z", "created_at<1969-12-31T23:59:59.999Z")]
    [InlineData("id:019ED0C2-7D1A-7C31-9A40-3A5D1C2B4E6F", "id='019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f'")]
    [InlineData("is_seen:true", "is_seen=true")]
    public void Both_spellings_are_read(string text, string expected)
    {
        var errors = new List<FieldError>();

        var filter = _reader.Read(text, errors);

        errors.ShouldBeEmpty();
        FilterPrinter.Print(filter!).Replace("created_at>'", "created_at>", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Nothing_filters_nothing(string? text)
    {
        var errors = new List<FieldError>();

        _reader.Read(text, errors).ShouldBeNull();

        errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("status:succeeded", "names \"status\" at column 1, which cannot be filtered by; did you mean status_code? Fields are")]
    [InlineData("cost>1 AND colour:red", "names \"colour\" at column 12")]
    [InlineData("client_ref>x", "compares client_ref by > at column 1; it has =, !=")]
    [InlineData("client_ref.LIKE:'x%'", "has the unknown operator .LIKE: at column 1; known are EQ, NE, NEQ, LT, LE, LTE, GT, GE, GTE")]
    [InlineData("status_code:done", "compares status_code with \"done\" at column 1; it takes succeeded, failed")]
    [InlineData("created_at>yesterday", "it takes a date or a time, for example 2026-04-01")]
    [InlineData("created_at>2026-02-30", "it takes a date or a time")]
    [InlineData("cost>0.0000001", "it takes dollars with at most six decimals")]
    [InlineData("cost>1e3", "it takes dollars")]
    [InlineData("duration_ms:5.5", "it takes an integer")]
    [InlineData("id:17", "it takes a UUID")]
    [InlineData("is_seen:yes", "it takes true or false")]
    [InlineData("cost>null", "compares cost with null by > at column 1; null has = and !=")]
    [InlineData("status_code:succeeded created_at>2026-04-01", "is not understood at column 23")]
    [InlineData("status_code:", "ends too early, at column 13")]
    [InlineData("status_code", "ends too early")]
    [InlineData("(cost>1", "ends too early, at column 8")]
    [InlineData("cost>1)", "is not understood at column 7: \")\"")]
    [InlineData("cost>1 AND", "is not understood at column 8: \"AND\"")]
    [InlineData("AND cost>1", "is not understood at column 5")]
    [InlineData("client_ref:'x", "ends too early")]
    [InlineData("()", "is not understood at column 2")]
    [InlineData("cost==1", "compares cost with \"=1\" at column 1")]
    public void What_is_wrong_is_named_with_its_column(string text, string expected)
    {
        var errors = new List<FieldError>();

        _reader.Read(text, errors).ShouldBeNull();

        errors.ShouldHaveSingleItem().Message.ShouldContain(expected);
        errors[0].Location.ShouldBe(["query", "q"]);
    }

    [Fact]
    public void Every_mistake_is_listed()
    {
        var errors = new List<FieldError>();

        _reader.Read("colour:red AND status_code:done OR client_ref>x", errors).ShouldBeNull();

        errors.Count.ShouldBe(3);
    }

    [Fact]
    public void Length_depth_and_number_are_bounded()
    {
        Errors(new string('(', 16) + "cost>1" + new string(')', 16)).ShouldBeEmpty();
        Errors(new string('(', 17) + "cost>1" + new string(')', 17)).ShouldHaveSingleItem().ShouldBe("q must nest parentheses at most 16 deep; got 17");
        Errors("client_ref:'" + new string('(', 100) + "'").ShouldBeEmpty();
        Errors("client_ref:'" + new string('x', 2036) + "'").ShouldHaveSingleItem().ShouldBe("q must be at most 2048 characters; got 2049");
        Errors(string.Join(" OR ", Enumerable.Repeat("cost>1", 50))).ShouldBeEmpty();
        Errors(string.Join(" OR ", Enumerable.Repeat("cost>1", 51))).ShouldHaveSingleItem().ShouldBe("q must have at most 50 comparisons; got 51");
        Errors(string.Concat(Enumerable.Repeat("NOT ", 500)) + "cost>1").ShouldBeEmpty();
    }

    private static List<string> Errors(string text)
    {
        var errors = new List<FieldError>();
        _reader.Read(text, errors);
        return [.. errors.Select(error => error.Message)];
    }
}
