using System.Text.Json;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Text;

namespace Kinema.Wan.Tests.Text;

public sealed class PromptCleanerTests
{
    [Fact]
    public void Every_text_of_the_fixtures_is_cleaned_as_in_the_reference()
    {
        foreach (var (text, cleaned) in TokenizerFixture.CleanCases)
        {
            PromptCleaner.CleanWithoutRepair(text).ShouldBe(cleaned, JsonSerializer.Serialize(text));
            Compare.Counted();
        }
    }

    [Theory]
    [InlineData("&amp;lt;b&amp;gt;", "<b>")]
    [InlineData("&notit; &notin;", "¬it; ∉")]
    [InlineData("&#x1F431; &#65 &#128; &#0;", "🐱 A € \uFFFD")]
    [InlineData("&#x110000; &#1;x &#", "\uFFFD x &#")]
    [InlineData("a & b &unknown; &", "a & b &unknown; &")]
    public void Html_references_are_resolved_as_Python_does(string text, string expected) => PromptCleaner.CleanWithoutRepair(text).ShouldBe(expected);

    [Theory]
    [InlineData("naÃ¯ve mojibake â€œquotesâ€\u009d", "naïve mojibake \"quotes\"")]
    [InlineData("ä¸€çŒ«", "一猫")]
    [InlineData("“curly” ‘quotes’", "\"curly\" 'quotes'")]
    [InlineData("\u001B[1;31mred\u001B[0m", "red")]
    [InlineData("naïve café SÃO 100 °C", "naïve café SÃO 100 °C")]
    [InlineData("一只猫 walks", "一只猫 walks")]
    public void Mojibake_is_repaired_and_other_text_unchanged(string text, string expected) => PromptCleaner.Clean(text).ShouldBe(expected);
}
