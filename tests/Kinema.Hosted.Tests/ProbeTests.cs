namespace Kinema.Hosted.Tests;

public sealed class ProbeTests
{
    [Theory]
    [InlineData(HostedRig.Key, "wan2.7-i2v", null)]
    [InlineData("another-key", "wan2.7-i2v", "the provider does not know the key in this region (401); key, model and Hosted:DashScope:BaseUrl must belong together")]
    [InlineData(HostedRig.Key, "wan9", "the provider does not know the model in this region (404)")]
    public async Task Doctor_asks_once_and_for_nothing_whether_key_region_and_model_go_together(string key, string model, string? problem)
    {
        await using var rig = await HostedRig.StartAsync(options => (options.DashScope.ApiKey, options.DashScope.Model) = (key, model));

        (await rig.Probe.FindProblemAsync(TestContext.Current.CancellationToken)).ShouldBe(problem);

        (await rig.Fake.RequestsAsync()).Count.ShouldBe(1);
        (await rig.Fake.TasksAsync()).ShouldBeEmpty();
    }
}
