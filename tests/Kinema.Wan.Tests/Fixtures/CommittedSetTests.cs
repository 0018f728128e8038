namespace Kinema.Wan.Tests.Fixtures;

public sealed class CommittedSetTests
{
    [Fact]
    public void The_committed_fixtures_stay_below_three_megabytes()
    {
        var files = new DirectoryInfo(FixtureFolder.Committed).EnumerateFiles("*", SearchOption.AllDirectories).ToList();

        files.Count(f => f.Extension == ".safetensors").ShouldBeGreaterThan(5);
        files.Sum(f => f.Length).ShouldBeLessThan(3_000_000);
    }
}
