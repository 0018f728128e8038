using Kinema.Engines;
using Kinema.Prompts.Pictures;

namespace Kinema.Prompts.Tests;

/// <summary>What the rules add.</summary>
public sealed class RuleExpanderTests
{
    private static readonly PictureTraits _picture = new("close", "soft", "warm");

    [Fact]
    public void Light_colours_and_framing_of_the_picture_are_added_after_the_prompt() =>
        Support.Expand("A cat turns its head", _picture).ShouldBe("A cat turns its head. Soft, even light with gentle shadows. Warm colours. The subject fills much of the frame.");

    [Fact]
    public void In_Chinese_too() => Support.Expand("一只猫慢慢转过头", _picture).ShouldBe("一只猫慢慢转过头。光线柔和，阴影轻柔。色调温暖。主体占据画面的大部分。");

    [Fact]
    public void What_the_prompt_speaks_of_itself_is_left_to_it()
    {
        Support.Expand("A cat turns its head at night", _picture).ShouldBe("A cat turns its head at night. Warm colours. The subject fills much of the frame.");
        Support.Expand("A wide view of a red cat in the sun", _picture).ShouldBeNull();
    }

    [Fact]
    public void What_the_negative_prompt_rules_out_is_not_added() =>
        Support.Expand("A cat turns its head", _picture, "shadows, warm colours").ShouldBe("A cat turns its head. The subject fills much of the frame.");

    [Fact]
    public void A_picture_that_says_nothing_adds_nothing() => Support.Expand("A cat turns its head", PictureTraits.None).ShouldBeNull();

    [Theory]
    [InlineData("Kot powoli odwraca głowę")]
    [InlineData("Een vrouw loopt langzaam door het bos in de regen")]
    [InlineData("En katt går långsamt över gatan i regnet")]
    [InlineData("Bir kedi yağmur altında yavaşça yürüyor")]
    [InlineData("Кішка повільно йде вулицею")]
    [InlineData("Котката върви бавно по улицата")]
    [InlineData("قطة تمشي ببطء في الشارع")]
    [InlineData("बिल्ली धीरे-धीरे चल रही है")]
    [InlineData("一只猫 walks slowly over the street 慢慢地")]
    [InlineData("12345")]
    public void A_prompt_in_a_language_that_cannot_be_verified_stays_as_it_is(string prompt) => Support.Expand(prompt, _picture).ShouldBeNull();

    [Fact]
    public void A_prompt_never_grows_beyond_what_its_model_takes()
    {
        var prompt = Support.Prompt("A cat turns its head", maxCharacters: 50);
        Support.Rules.Expand(prompt, Support.Languages.Detect(prompt.Prompt)!, Support.Guides.Find("wan"), _picture).ShouldBe("A cat turns its head. Warm colours.");
    }

    [Theory]
    [InlineData(20, 20, 20, "dark", "monochrome")]
    [InlineData(240, 240, 240, "bright", "monochrome")]
    [InlineData(150, 110, 80, "soft", "warm")]
    [InlineData(80, 100, 140, "soft", "cool")]
    [InlineData(200, 40, 40, "soft", "vivid")]
    public void Light_and_colours_are_read_off_a_picture(byte r, byte g, byte b, string light, string tone) =>
        PictureAnalysis.Of(Plain(r, g, b, 0)).ShouldBe(new(null, light, tone));

    [Theory]
    [InlineData(0.7, "close")]
    [InlineData(0.2, "wide")]
    [InlineData(0.4, null)]
    public void Framing_is_read_off_a_subject_before_a_calm_background(double side, string? framing) => PictureAnalysis.Of(Plain(110, 110, 110, side)).Framing.ShouldBe(framing);

    /// <summary>A grey square of this side, as a share of the picture's, in its middle.</summary>
    private static RgbImage Plain(byte r, byte g, byte b, double side)
    {
        const int size = 64;
        var pixels = new byte[size * size * 3];
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (Math.Abs((i % size) - (size / 2)), Math.Abs((i / size) - (size / 2)));
            var isSubject = Math.Max(x, y) < size * side / 2;
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = isSubject ? ((byte)220, (byte)220, (byte)220) : (r, g, b);
        }

        return new(size, size, pixels);
    }
}
