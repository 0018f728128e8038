using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

/// <summary>Properties of every input, checked on random inputs from a fixed seed.</summary>
public sealed class InputPropertyTests
{
    private static readonly string[] _values =
    [
        "null", "true", "false", "0", "-1", "5", "5.0", "5e0", "15", "16", "1e400", "-0.0", "5.5", "\"\"", "\"5\"", "\"720p\"", "\"1080p\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"https://example.com/a.png\"", "\"http://[::1\"", "\"data:image/png;base64,AAAA\"", "\"data:,\"", "\"runflow://assets/x\"", "[]", "{}", "[[1]]", "{\"a\":1}",
        "\"runflow://assets/019d6a63-8400-7000-8000-0000000000b2\"", "\"🎬\"", "2147483647", "2147483648", "123456789012345678901234567890",
    ];

    [Fact]
    public void Every_input_is_either_accepted_within_the_limits_or_refused_by_a_named_field()
    {
        var random = new Random(20260408);
        var names = TestCatalog.Wan.Inputs.Select(f => f.Name).Append("promt").Append("").ToArray();
        var accepted = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var members = Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"\"{Pick(names)}\":{Pick(_values)}");
            if (i % 2 == 0)
                members = members.Prepend("\"image_url\":\"https://example.com/a.png\"");
            var text = $"{{{string.Join(',', members)}}}";
            var verdict = InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse(text));

            if (verdict.Input is { } input)
            {
                accepted++;
                input.DurationSeconds.ShouldBeInRange(2, 15, text);
                input.Price.Micros.ShouldBe(100_000L * input.DurationSeconds, text);
                input.MediaFields.Count(f => f.Field.Name is "image_url" or "video_url").ShouldBe(1, text);
                if (input.MediaFields.Any(f => f.Inline is not null))
                    continue;

                InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse(input.ToJson().ToJsonString())).IsValid.ShouldBeTrue(text);
            }
            else
            {
                verdict.Errors.ShouldNotBeEmpty(text);
                verdict.Errors.Where(e => e.Location.Count != 3 || !e.Message.StartsWith("input.", StringComparison.Ordinal)).ShouldBeEmpty(text);
            }
        }

        accepted.ShouldBeGreaterThan(500);

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    [Fact]
    public void Arbitrary_bytes_never_crash_the_body_parser()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes("""{"input":{"prompt":"雪 \ud83c\udfac","duration":5e0,"image_url":"https://example.com/a.png"},"metadata":{"a":[1,{"b":null}]},"client_ref":null}""");
        RunRequestBody.Read(whole).ShouldBeOfType<BodyReadResult.Accepted>();

        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            if (RunRequestBody.Read(bytes.AsMemory(0, random.Next(1, bytes.Length + 1))) is BodyReadResult.Accepted { Body: var body })
            {
                using (body)
                    InputValidator.Validate(TestCatalog.Wan, body.Input, bytes).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void An_input_that_was_accepted_means_the_same_when_it_is_read_again()
    {
        var first = InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse("""{"image_url":"https://example.com/a.png","duration":7.0,"prompt":"雪"}""")).Input!.WithSeed(3);

        var again = InputValidator.Validate(TestCatalog.Wan, JsonElement.Parse(first.ToJson().ToJsonString())).Input!;

        JsonNode.DeepEquals(again.ToJson(), first.ToJson()).ShouldBeTrue();
    }
}
