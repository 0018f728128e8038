using Kinema.Core.Keys;

namespace Kinema.Core.Tests.Keys;

public sealed class NewWorkerKeyTests
{
    public static TheoryData<string, string[], string> Wrong => new()
    {
        { "", ["wan"], "name must have 1 to 255 characters; got 0" },
        { new string('a', 256), ["wan"], "name must have 1 to 255 characters; got 256" },
        { "gpu", [], "engine must be given 1 to 32 times; got 0" },
        { "gpu", [.. Enumerable.Range(0, 33).Select(i => $"e{i}")], "engine must be given 1 to 32 times; got 33" },
        { "gpu", ["wan", "Wan"], "engine must have 1 to 64 characters of a to z, 0 to 9 and '-'; got \"Wan\"" },
        { "gpu", [""], "engine must have 1 to 64 characters of a to z, 0 to 9 and '-'; got \"\"" },
        { "gpu", [new string('a', 65)], $"engine must have 1 to 64 characters of a to z, 0 to 9 and '-'; got \"{new string('a', 65)}\"" },
        { "gpu", ["wan", "motion", "wan"], "engine must name each engine once; got \"wan\" twice" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_with_what_is_allowed(string name, string[] engines, string problem) =>
        new NewWorkerKey(name, engines, null).FindProblem().ShouldBe(problem);

    [Fact]
    public void A_name_and_the_ids_of_engines_are_enough() =>
        new NewWorkerKey("gpu", [new string('a', 64), "wan-2", "0"], null).FindProblem().ShouldBeNull();
}
