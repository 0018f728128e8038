using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RunEmbedsTests
{
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("", false, false)]
    [InlineData("logs", true, false)]
    [InlineData(" node_runs , logs,", true, true)]
    public void Known_parts_are_read(string? text, bool logs, bool nodeRuns)
    {
        var errors = new List<FieldError>();

        RunEmbeds.Read(text, errors).ShouldBe(new RunEmbeds(logs, nodeRuns));

        errors.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_part_is_refused_with_those_that_exist()
    {
        var errors = new List<FieldError>();

        RunEmbeds.Read("logs,flow", errors);

        errors.Single().Message.ShouldBe("embed names \"flow\"; allowed are logs and node_runs");
    }

    [Fact]
    public void A_page_with_parts_is_smaller()
    {
        var errors = RunListRequest.Read(new(null, "101", null, null, null, null) { Embed = "logs" }, [], out _);

        errors.Single().Message.ShouldBe("limit must be at most 100 with embed; got 101");
        RunListRequest.Read(new(null, "101", null, null, null, null), [], out _).ShouldBeEmpty();
    }
}
