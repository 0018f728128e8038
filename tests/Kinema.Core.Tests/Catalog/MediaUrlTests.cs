using System.Text;
using System.Text.Json;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

public sealed class MediaUrlTests
{
    private static readonly string _tooLongUrl = "https://example.com/" + new string('a', 2029);

    [Theory]
    [InlineData("https://example.com/a.png")]
    [InlineData("http://example.com:8080/a%20b.png?x=1&y=2#z")]
    [InlineData("HTTPS://EXAMPLE.COM/A.PNG")]
    [InlineData("https://例え.jp/絵.png")]
    [InlineData("http://[2001:db8::1]/a.png")]
    [InlineData("runflow://assets/019d6a63-8400-7000-8000-0000000000b2")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("data:image/jpg;base64,AAAA")]
    [InlineData("DATA:image/PNG;name=a.png;BASE64,AAAA")]
    public void A_valid_url_is_accepted(string url) => Read("image_url", url).ShouldBeNull();

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("   ", "without spaces")]
    [InlineData(" https://example.com/a.png", "without spaces")]
    [InlineData("https://example.com/a\\u0000.png", "control characters")]
    [InlineData("https://example.com/\\r\\nX: y", "control characters")]
    [InlineData("example.com/a.png", "absolute http or https")]
    [InlineData("/a.png", "absolute http or https")]
    [InlineData("//example.com/a.png", "absolute http or https")]
    [InlineData("https:example.com/a.png", "absolute http or https")]
    [InlineData("https:///a.png", "absolute http or https")]
    [InlineData("file:///etc/passwd", "absolute http or https")]
    [InlineData("ftp://example.com/a.png", "absolute http or https")]
    [InlineData("gopher://example.com/", "absolute http or https")]
    [InlineData("javascript:alert(1)", "absolute http or https")]
    [InlineData("runflow://assets/", "the asset's UUID")]
    [InlineData("runflow://assets/12", "the asset's UUID")]
    [InlineData("runflow://files/019d6a63-8400-7000-8000-0000000000b2", "the asset's UUID")]
    [InlineData("runflow://assets/019d6a63-8400-7000-8000-0000000000b2/x", "the asset's UUID")]
    [InlineData("data:", "must be a data URI of the form")]
    [InlineData("data:image/png,AAAA", "must be a data URI of the form")]
    [InlineData("data:;base64,AAAA", "must be a data URI of the form")]
    [InlineData("data:image/png;base64", "must be a data URI of the form")]
    [InlineData("data:image/png;base64,", "must not be an empty data URI")]
    [InlineData("data:image/png;base64,AAA", "valid base64")]
    [InlineData("data:image/png;base64,A*AA", "valid base64")]
    [InlineData("data:image/png;base64,AA-_", "valid base64")]
    [InlineData("data:image/png;base64,AAAA\\nAAAA", "valid base64")]
    [InlineData("data:image/gif;base64,AAAA", "must be one of image/jpeg, image/png, image/bmp, image/webp; got a data URI of image/gif")]
    public void Any_other_url_is_refused_by_name(string url, string reason)
    {
        var error = Read("image_url", url).ShouldNotBeNull();

        error.Location.ShouldBe(["body", "input", "image_url"]);
        error.Message.ShouldStartWith("input.image_url must ");
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void A_url_of_2048_characters_is_accepted_and_one_more_is_not()
    {
        Read("image_url", _tooLongUrl[..2048]).ShouldBeNull();
        Read("image_url", _tooLongUrl).ShouldNotBeNull().Message.ShouldContain("at most 2048 characters long; got 2049");
    }

    [Theory]
    [InlineData("video_url", "data:video/mp4;base64,AAAA")]
    [InlineData("audio_url", "data:audio/x-wav;base64,AAAA")]
    public void Video_and_audio_may_be_inline(string field, string url) => Read(field, url).ShouldBeNull();

    [Fact]
    public void Inline_media_of_10_mib_are_accepted_and_a_byte_more_is_not()
    {
        Read("image_url", "data:image/png;base64," + Convert.ToBase64String(new byte[DataUri.MaxBytes])).ShouldBeNull();
        Read("image_url", "data:image/png;base64," + Convert.ToBase64String(new byte[DataUri.MaxBytes + 1])).ShouldNotBeNull().Type
            .ShouldBe(FieldErrorTypes.MediaTooLarge);
    }

    [Fact]
    public void An_error_shows_only_the_beginning_of_a_long_value() =>
        Read("image_url", "ftp://example.com/" + new string('a', 1000)).ShouldNotBeNull().Message.Length.ShouldBeLessThan(250);

    [Theory]
    [InlineData("data:image/png;base64,+//+Aw==")]
    [InlineData("data:image\\/png;base64,+\\/\\/+Aw==")]
    [InlineData("\\u0064\\u0061\\u0074\\u0061\\u003Aimage/png;base64,\\u002B//\\u002BAw\\u003D=")]
    public void A_data_uri_is_decoded_in_the_body_whatever_its_escapes(string text)
    {
        var body = Encoding.UTF8.GetBytes($"[1, \"{text}\", 2]");
        using var document = JsonDocument.Parse(body);

        var uri = FieldReader.Read(Field("image_url"), document.RootElement[1], body).Value.ShouldBeOfType<DataUri>();

        uri.MediaType.ShouldBe("image/png");
        uri.Decode().ToArray().ShouldBe([0xFB, 0xFF, 0xFE, 3]);
        uri.Decode().ToArray().ShouldBe([0xFB, 0xFF, 0xFE, 3]);
        body.AsSpan().Overlaps(uri.Decode().Span).ShouldBeTrue();
        document.RootElement[2].GetInt32().ShouldBe(2);
    }

    [Fact]
    public void A_data_uri_that_is_not_in_the_body_is_copied()
    {
        var uri = FieldReader.Read(Field("image_url"), JsonElement.Parse("\"data:image/png;base64,AQID\"")).Value.ShouldBeOfType<DataUri>();

        uri.Decode().ToArray().ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("data:image/png;base64,AQ\\u00e9D", "valid base64")]
    [InlineData("data:image/png;base64,AQI\\ud800", "valid base64")]
    [InlineData("data:image/png;base64,AQ\\\"D", "valid base64")]
    [InlineData("data:image/png;base64,AQ\\tD", "valid base64")]
    public void An_escape_that_is_no_base64_is_refused(string url, string reason) => Read("image_url", url).ShouldNotBeNull().Message.ShouldContain(reason);

    [Fact]
    public void A_value_of_megabytes_is_refused_in_a_few_words()
    {
        Read("image_url", "ftp://" + new string('a', 10 << 20)).ShouldNotBeNull().Message.ShouldContain("at most 2048 characters long; got 10485766");
        Read("prompt", string.Concat(Enumerable.Repeat("\\ud83c\\udfac", 100_000))).ShouldNotBeNull().Message.ShouldEndWith("got 100000 characters");
        Read("resolution", new string('é', 100_000)).ShouldNotBeNull().Message.ShouldEndWith("got a string of 100000 characters");
        Value("duration", new string('1', 1 << 20)).ShouldNotBeNull().Message.ShouldEndWith("got a number of 1048576 digits");
    }

    private static FieldError? Read(string field, string url) => Value(field, $"\"{url}\"");

    private static FieldError? Value(string field, string json) => FieldReader.Read(Field(field), JsonElement.Parse(json)).Error;

    private static FieldManifest Field(string name) => TestCatalog.Wan.Inputs.Single(f => f.Name == name);
}
