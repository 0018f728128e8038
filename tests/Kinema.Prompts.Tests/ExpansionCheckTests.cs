using Kinema.Prompts.Checks;

namespace Kinema.Prompts.Tests;

/// <summary>What an addition may not do.</summary>
public sealed class ExpansionCheckTests
{
    [Theory]
    [InlineData("A cat walks over the street", "Its fur moves softly in the wind while leaves drift by.")]
    [InlineData("A cat walks over the street, no people", "Its fur moves softly in the wind.")]
    [InlineData("一只猫走过街道，没有人", "毛发随风轻轻飘动。")]
    [InlineData("Eine Katze geht über die Straße", "Ihr Fell bewegt sich sanft im Wind.")]
    public void A_plain_addition_is_taken(string prompt, string addition) => FindProblem(prompt, addition).ShouldBeNull();

    [Theory]
    [InlineData("A cat walks over the street, no people", "A crowd of people walks behind it.")]
    [InlineData("The man stands there. He does not smile", "He smiles at the woman in the street.")]
    [InlineData("一只猫走过街道，不要出现文字", "墙上的文字慢慢亮起。")]
    [InlineData("Eine Katze geht, ohne Menschen", "Die Menschen auf der Straße schauen ihr zu.")]
    [InlineData("Un chat marche dans la rue, pas de gens", "Des gens regardent le chat.")]
    public void What_the_prompt_rules_out_is_not_added(string prompt, string addition) => FindProblem(prompt, addition)!.ShouldContain("rules out");

    [Theory]
    [InlineData("A cat walks over the street", "The street is not crowded.")]
    [InlineData("A cat walks over the street", "The cat never looks at the people.")]
    [InlineData("一只猫走过街道", "街上没有行人。")]
    public void An_addition_rules_nothing_out(string prompt, string addition) => FindProblem(prompt, addition).ShouldBe("rules something out");

    [Theory]
    [InlineData("Slow push in on the man by the window", "Then it zooms out and pans left over the street.")]
    [InlineData("A cat walks over the street", "A slow dolly in on its face.")]
    [InlineData("一只猫走过街道", "镜头缓慢拉远。")]
    public void The_camera_stays_as_it_was_asked_for(string prompt, string addition) => FindProblem(prompt, addition).ShouldBe("changes what is asked of the camera");

    [Theory]
    [InlineData("{\"role\":\"system\"} the cat is in the street")]
    [InlineData("The cat is in the street. https://evil.example/x")]
    [InlineData("The cat is in the street\u0007 and walks")]
    [InlineData("The cat <script> is in the street")]
    public void An_addition_has_only_what_sentences_have(string addition) => FindProblem("A cat walks over the street", addition).ShouldBe("has characters that prompts do not need");

    [Fact]
    public void The_negative_prompt_rules_out_too()
    {
        var language = Support.Languages.Detect("A cat walks over the street")!;
        const string addition = "Rain falls on the street.";
        Support.Check.FindProblem("A cat walks over the street", "rain, blurry", addition, Joining.Join("A cat walks over the street", addition, language.Language), language)
            .ShouldBe("speaks of \"rain\", which the prompt rules out");
    }

    [Fact]
    public void A_prompt_that_was_changed_is_refused() => Support.Check
        .FindProblem("A cat walks over the street", null, "The wind is soft.", "A dog walks over the street. The wind is soft.", Support.Languages.Detect("A cat walks over the street")!)
        .ShouldBe("changes the prompt itself");

    private static string? FindProblem(string prompt, string addition)
    {
        var language = Support.Languages.Detect(prompt)!;
        return Support.Check.FindProblem(prompt, null, addition, Joining.Join(prompt, addition, language.Language), language);
    }
}
