using System.Text;
using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Admission;

public sealed class RunRequestBodyTests
{
    [Fact]
    public void A_complete_body_is_read_and_its_metadata_stays_verbatim()
    {
        var body = Accept("""{"input":{"a":1},"callback_url":"https://your-server.com/webhook","metadata":{ "b" : 1.0,  "ü":"\u00fc" },"client_ref":"x"}""");

        body.Input.GetRawText().ShouldBe("""{"a":1}""");
        body.CallbackUrl.ShouldBe("https://your-server.com/webhook");
        body.MetadataJson.ShouldBe("""{ "b" : 1.0,  "ü":"\u00fc" }""");
        body.ClientRef.ShouldBe("x");
    }

    [Fact]
    public void Null_means_absent_for_everything_but_the_input()
    {
        var body = Accept("""{"input":{},"callback_url":null,"metadata":null,"client_ref":null}""");

        (body.CallbackUrl, body.MetadataJson, body.ClientRef).ShouldBe((null, null, null));
    }

    [Fact]
    public void Unknown_names_at_the_top_are_noted_not_refused() =>
        Accept("""{"input":{},"webhook":"x","sync_mode":true}""").Warnings.Select(w => w.Location[^1]).ShouldBe(["webhook", "sync_mode"]);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "not valid JSON: line 1")]
    [InlineData("{\"input\":{}", "not valid JSON")]
    [InlineData("{\"input\":{},}", "not valid JSON")]
    [InlineData("{\"input\":[1,]}", "not valid JSON")]
    [InlineData("{\"input\":{} /* x */}", "not valid JSON")]
    [InlineData("{\"input\":{}} x", "not valid JSON")]
    [InlineData("{'input':{}}", "not valid JSON")]
    [InlineData("{\"input\":{\"duration\":NaN}}", "not valid JSON")]
    [InlineData("{\"input\":{\"duration\":Infinity}}", "not valid JSON")]
    [InlineData("{\"input\":{\"duration\":05}}", "not valid JSON")]
    [InlineData("{\"input\":{},\"input\":{}}", "the name \"input\" twice")]
    [InlineData("{\"input\":{\"seed\":1,\"se\\u0065d\":2}}", "the name \"seed\" twice")]
    [InlineData("{\"input\":{},\"metadata\":{\"a\":[{\"b\":1,\"b\":2}]}}", "the name \"b\" twice")]
    [InlineData("{\"input\":{},\"metadata\":{\"\\ud800\":1}}", "half of a surrogate pair")]
    public void Text_that_is_not_strict_json_is_refused(string text, string problem) => RefuseText(Encoding.UTF8.GetBytes(text)).ShouldContain(problem);

    [Fact]
    public void The_same_name_in_two_objects_is_fine() => Accept("""{"input":{"a":1},"metadata":{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}}""");

    [Fact]
    public void Bytes_that_are_not_utf_8_are_refused() => RefuseText([.. "{\"input\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}"u8]).ShouldContain("not valid UTF-8");

    [Fact]
    public void Thirty_two_levels_are_read_and_one_more_is_refused()
    {
        Accept(Nested(30));
        RefuseText(Encoding.UTF8.GetBytes(Nested(31))).ShouldContain("more than 32 levels");
        RefuseText(Encoding.UTF8.GetBytes(Nested(100_000))).ShouldContain("more than 32 levels");

        // The body and its metadata are two levels themselves.
        static string Nested(int levels) => $$$"""{"input":{},"metadata":{"a":{{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""";
    }

    [Fact]
    public void A_body_of_very_many_values_is_refused() =>
        RefuseText(Encoding.UTF8.GetBytes($$"""{"input":{},"x":[{{string.Join(',', Enumerable.Repeat("0", 200_000))}}]}""")).ShouldContain("more than 100000 values");

    [Theory]
    [InlineData("[]", "body", FieldErrorTypes.Type, "the body must be a JSON object; got an array")]
    [InlineData("\"x\"", "body", FieldErrorTypes.Type, "the body must be a JSON object; got \"x\" (string)")]
    [InlineData("{}", "input", FieldErrorTypes.Missing, "input is required")]
    [InlineData("{\"input\":null}", "input", FieldErrorTypes.Missing, "input is required")]
    [InlineData("{\"input\":[]}", "input", FieldErrorTypes.Type, "input must be an object; got an array")]
    [InlineData("{\"input\":{},\"callback_url\":5}", "callback_url", FieldErrorTypes.Type, "callback_url must be an http or https URL or null; got 5")]
    [InlineData("{\"input\":{},\"callback_url\":\"\"}", "callback_url", FieldErrorTypes.InvalidUrl, "callback_url must be an absolute http or https URL")]
    [InlineData("{\"input\":{},\"callback_url\":\"ftp://a.b/c\"}", "callback_url", FieldErrorTypes.InvalidUrl, "got \"ftp://a.b/c\"")]
    [InlineData("{\"input\":{},\"callback_url\":\"https://a.b/\\n\"}", "callback_url", FieldErrorTypes.InvalidUrl, "control characters")]
    [InlineData("{\"input\":{},\"callback_url\":\"\\ud800\"}", "callback_url", FieldErrorTypes.InvalidText, "half of a surrogate pair")]
    [InlineData("{\"input\":{},\"metadata\":[]}", "metadata", FieldErrorTypes.Type, "metadata must be an object or null; got an array")]
    [InlineData("{\"input\":{},\"metadata\":\"x\"}", "metadata", FieldErrorTypes.Type, "got \"x\" (string)")]
    [InlineData("{\"input\":{},\"client_ref\":5}", "client_ref", FieldErrorTypes.Type, "client_ref must be a string of at most 255 characters or null; got 5")]
    [InlineData("{\"input\":{},\"client_ref\":\"a\\u0000\"}", "client_ref", FieldErrorTypes.InvalidText, "without NUL")]
    public void A_member_of_the_wrong_kind_is_refused_by_name(string text, string field, string type, string message)
    {
        var error = Refuse(text).ShouldHaveSingleItem();

        error.Location[^1].ShouldBe(field);
        error.Type.ShouldBe(type);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void Metadata_of_16_kib_are_kept_and_a_byte_more_is_refused()
    {
        Accept(WithMetadata(RunRequestBody.MaxMetadataBytes)).MetadataJson!.Length.ShouldBe(RunRequestBody.MaxMetadataBytes);
        Refuse(WithMetadata(RunRequestBody.MaxMetadataBytes + 1)).ShouldHaveSingleItem().Message.ShouldBe("metadata must be at most 16384 bytes of JSON; got 16385");

        static string WithMetadata(int bytes) => $$$"""{"input":{},"metadata":{"a":"{{{new string('x', bytes - 8)}}}"}}""";
    }

    [Fact]
    public void A_client_ref_of_255_characters_is_kept_and_one_more_is_refused()
    {
        Accept($$"""{"input":{},"client_ref":"{{string.Concat(Enumerable.Repeat("🎬", 255))}}"}""");
        Refuse($$"""{"input":{},"client_ref":"{{new string('x', 256)}}"}""").ShouldHaveSingleItem().Type.ShouldBe(FieldErrorTypes.TooLong);
    }

    [Fact]
    public void A_callback_url_of_2048_characters_is_kept_and_one_more_is_refused()
    {
        var url = "https://a.b/" + new string('x', 2036);
        Accept($$"""{"input":{},"callback_url":"{{url}}"}""");
        Refuse($$"""{"input":{},"callback_url":"{{url}}x"}""").ShouldHaveSingleItem().Message.ShouldBe("callback_url must be at most 2048 characters long; got 2049");
    }

    [Fact]
    public void Every_wrong_member_is_reported() => Refuse("""{"callback_url":1,"metadata":1,"client_ref":1}""").Count.ShouldBe(4);

    private static RunRequestBody Accept(string text) => RunRequestBody.Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<BodyReadResult.Accepted>().Body;

    private static string RefuseText(byte[] utf8) => RunRequestBody.Read(utf8).ShouldBeOfType<BodyReadResult.NotJson>().Problem;

    private static IReadOnlyList<FieldError> Refuse(string text) => RunRequestBody.Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<BodyReadResult.Invalid>().Errors;
}
