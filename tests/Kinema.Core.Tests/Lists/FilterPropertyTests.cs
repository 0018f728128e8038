using Kinema.Core.Catalog;
using Kinema.Core.Lists;

namespace Kinema.Core.Tests.Lists;

/// <summary>Random filters: what is printed reads back as the same filter, and no text makes the reader fail otherwise than by an error.</summary>
public sealed class FilterPropertyTests
{
    private const int Rounds = 2_000;

    private static readonly string[] _texts = ["x", "", "it's", "a \"b\"", "(", "NOT", "null", "AND x", "日本", "e\u0301", "\U0001F600", "a:b=c", "%_"];

    [Fact]
    public void Printing_and_reading_is_the_identity()
    {
        var random = new Random(11);
        var reader = new FilterReader(TestItem.Fields);
        for (var round = 0; round < Rounds; round++)
        {
            var filter = Random(random, depth: 3);
            var errors = new List<FieldError>();

            var again = reader.Read(FilterPrinter.Print(filter), errors);

            errors.ShouldBeEmpty(FilterPrinter.Print(filter));
            again.ShouldBe(filter, FilterPrinter.Print(filter));
        }
    }

    [Fact]
    public void Damaged_filters_are_refused_or_read_but_never_throw()
    {
        var random = new Random(12);
        var reader = new FilterReader(TestItem.Fields);
        const string noise = "()'\":=<>!. andNOTor0x\t\u0000日";
        for (var round = 0; round < Rounds; round++)
        {
            var text = FilterPrinter.Print(Random(random, depth: 3)).ToCharArray();
            for (var i = 0; i < 3 && text.Length > 0; i++)
                text[random.Next(text.Length)] = noise[random.Next(noise.Length)];
            var errors = new List<FieldError>();

            var filter = reader.Read(new string(text), errors);

            (filter is null).ShouldBe(errors.Count > 0 || string.IsNullOrWhiteSpace(new string(text)));
        }
    }

    private static Filter Random(Random random, int depth) => random.Next(depth == 0 ? 1 : 4) switch
    {
        1 => new Filter.Not(Random(random, depth - 1) is var term && term is Filter.Not ? ((Filter.Not)term).Term : term),
        2 => new Filter.All(Joined<Filter.All>(random, depth)),
        3 => new Filter.Any(Joined<Filter.Any>(random, depth)),
        _ => Comparison(random),
    };

    private static List<Filter> Joined<T>(Random random, int depth) => [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Random(random, depth - 1))];

    private static Filter.Comparison Comparison(Random random)
    {
        var field = TestItem.Fields[random.Next(TestItem.Fields.Length)];
        var op = field.Operators[random.Next(field.Operators.Count)];
        object? value = field.Kind switch
        {
            FilterValueKind.Id => Guid.CreateVersion7().ToString(),
            FilterValueKind.Choice => field.Choices![random.Next(field.Choices.Count)],
            FilterValueKind.Time => random.NextInt64(-1_000_000_000, 4_000_000_000) * 1_000,
            FilterValueKind.Amount => random.NextInt64(-1_000_000_000, 1_000_000_000),
            FilterValueKind.Integer => random.NextInt64(-5, 5),
            FilterValueKind.Flag => (long)random.Next(2),
            _ => _texts[random.Next(_texts.Length)],
        };
        return new(field, op, op is FilterOperator.Equal or FilterOperator.NotEqual && random.Next(8) == 0 ? null : value);
    }
}
