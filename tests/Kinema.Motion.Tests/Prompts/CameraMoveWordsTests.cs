using Kinema.Motion.Prompts;
using Kinema.Playground.Models;

namespace Kinema.Motion.Tests.Prompts;

/// <summary>The camera moves that the playground writes into a prompt.</summary>
public sealed class CameraMoveWordsTests
{
    public static TheoryData<string> Words => [.. CameraMoves.Words];

    [Theory]
    [MemberData(nameof(Words))]
    public void A_move_of_the_playground_is_one_that_the_prompt_asks_for(string words)
    {
        var plan = CameraPromptParser.Parse(words, null);

        plan.CameraRequested.ShouldBeTrue();
        plan.Notes.ShouldBeEmpty();
        plan.Segments.ShouldHaveSingleItem();
    }

    [Fact]
    public void Each_is_a_move_of_its_own() =>
        CameraMoves.Words.Select(words => CameraPromptParser.Parse(words, null).Segments[0].Moves[0].Move).ShouldBeUnique();

    [Fact]
    public void Moves_that_were_clicked_one_after_another_are_made_one_after_another() =>
        CameraPromptParser.Parse("orbit right, then crane up", null).Segments.Count.ShouldBe(2);
}
