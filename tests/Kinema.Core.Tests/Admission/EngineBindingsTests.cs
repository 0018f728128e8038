using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Tests.Admission;

public sealed class EngineBindingsTests
{
    private static readonly EngineDescriptor _motion = Engine("motion", MediaRole.FirstFrame);
    private static readonly EngineDescriptor _wan = Engine("wan", MediaRole.FirstFrame, MediaRole.LastFrame);

    [Fact]
    public void Motion_is_the_default_engine() => Choose([], Request(MediaRole.FirstFrame), _motion).ShouldBe(new EngineChoice.Bound("motion"));

    [Fact]
    public void The_first_binding_that_can_serve_the_request_gets_it()
    {
        Choose(["wan", "motion"], Request(MediaRole.FirstFrame), _motion, _wan).ShouldBe(new EngineChoice.Bound("wan"));
        Choose(["motion", "wan"], Request(MediaRole.FirstFrame), _motion, _wan).ShouldBe(new EngineChoice.Bound("motion"));
        Choose(["motion", "wan"], Request(MediaRole.LastFrame), _motion, _wan).ShouldBe(new EngineChoice.Bound("wan"));
    }

    [Fact]
    public void A_role_that_no_binding_serves_is_refused_by_that_role() =>
        Choose(["motion"], Request(MediaRole.FirstFrame, MediaRole.LastFrame), _motion).ShouldBeOfType<EngineChoice.NotServed>().Support.Role.ShouldBe(MediaRole.LastFrame);

    [Fact]
    public void Without_any_bound_engine_the_model_is_unavailable()
    {
        Choose(["motion"], Request(MediaRole.FirstFrame)).ShouldBeOfType<EngineChoice.Unavailable>();
        Choose(["motion"], Request(MediaRole.FirstFrame), _wan).ShouldBeOfType<EngineChoice.Unavailable>().Reason.ShouldContain("motion");
    }

    [Fact]
    public void A_run_waits_for_an_unavailable_preferred_engine() =>
        Choose(["wan", "motion"], Request(MediaRole.FirstFrame), _motion).ShouldBe(new EngineChoice.Bound("wan"));

    [Fact]
    public void A_run_is_refused_if_the_policy_is_refuse() =>
        new EngineBindings(new() { NoWorkerPolicy = EngineOptions.Refuse }, Bound("wan", "motion"))
            .Choose(TestCatalog.Wan, Request(MediaRole.FirstFrame), new Dictionary<string, EngineDescriptor> { ["motion"] = _motion })
            .ShouldBeOfType<EngineChoice.Unavailable>().Reason.ShouldContain("'wan'");

    [Fact]
    public void A_page_says_which_engine_is_bound_and_why()
    {
        Describe(["wan", "motion"], EngineOptions.Wait, _wan, _motion).ShouldBe(new BoundEngine("wan", _wan, BoundEngineState.Ready, "It comes first in the order bound here: wan, motion."));
        Describe([], EngineOptions.Wait, _motion).ShouldBe(new BoundEngine("motion", _motion, BoundEngineState.Ready, "It is the engine bound here."));
    }

    [Fact]
    public void A_page_says_that_no_worker_serves_the_first_engine_and_what_happens_to_runs()
    {
        Describe(["wan", "motion"], EngineOptions.Wait, _motion).State.ShouldBe(BoundEngineState.Waiting);
        Describe(["wan", "motion"], EngineOptions.Refuse, _motion).State.ShouldBe(BoundEngineState.Unavailable);
        Describe(["wan"], EngineOptions.Wait, _motion).Reason.ShouldBe("No worker serves the engine bound here (wan), so runs are refused.");
    }

    [Fact]
    public void A_model_of_certain_engines_gets_the_first_of_them_and_never_the_list_of_others()
    {
        var models = Bound("motion");

        models.Of(TestCatalog.OpenWan).ShouldBe(["wan-i2v-a14b"]);
        models.Of(TestCatalog.Loop).ShouldBe(["motion"]);
        models.FindProblems(TestCatalog.Both).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wan-i2v-a14b", true)]
    [InlineData("wan-i2v-a14b-second", true)]
    [InlineData("wan-i2v-a14bc", false)]
    [InlineData("wan-ti2v-5b", false)]
    [InlineData("motion", false)]
    public void A_binding_must_be_of_an_engine_that_the_manifest_allows(string engine, bool isAllowed)
    {
        var models = new ModelBindings([], new Dictionary<string, IReadOnlyList<string>> { [TestCatalog.OpenWan.Slug] = [engine] });

        models.FindProblems(new ManifestCatalog([TestCatalog.OpenWan])).ShouldBe(isAllowed
            ? []
            : [$"Engines:Bindings:wan-video/wan2.2/i2v-a14b names the engine \"{engine}\", but wan-video/wan2.2/i2v-a14b is served by wan-i2v-a14b and wan-i2v-a14b-… only"]);
    }

    [Fact]
    public void An_engine_with_the_weights_of_another_model_does_not_serve_this_one()
    {
        var bindings = new EngineBindings(new(), Bound());
        var engines = new Dictionary<string, EngineDescriptor> { ["wan-i2v-a14b"] = _wan with { Models = ["wan-video/wan2.2/ti2v-5b"] } };

        bindings.IsServed(TestCatalog.OpenWan, engines).ShouldBeFalse();
        bindings.Choose(TestCatalog.OpenWan, Request(MediaRole.FirstFrame), engines).ShouldBeOfType<EngineChoice.Unavailable>().Reason
            .ShouldBe("The engine bound here (wan-i2v-a14b) runs wan-video/wan2.2/ti2v-5b, not this model. It needs a Wan worker with the weights of Wan 2.2 I2V-A14B.");
        engines["wan-i2v-a14b"] = _wan with { Models = [TestCatalog.OpenWan.Slug] };
        bindings.Choose(TestCatalog.OpenWan, Request(MediaRole.FirstFrame), engines).ShouldBe(new EngineChoice.Bound("wan-i2v-a14b"));
    }

    [Fact]
    public void A_page_says_what_to_do_so_that_a_model_is_served()
    {
        var bound = new EngineBindings(new(), Bound()).Describe(TestCatalog.OpenWan, new Dictionary<string, EngineDescriptor>());

        (bound.State, bound.Id, bound.Reason).ShouldBe((BoundEngineState.Unavailable, "wan-i2v-a14b", "No worker serves the engine bound here (wan-i2v-a14b), so runs are refused."));
        bound.Setup.ShouldBe(TestCatalog.OpenWan.Setup);
    }

    private static BoundEngine Describe(string[] bindings, string policy, params EngineDescriptor[] engines) =>
        new EngineBindings(new() { NoWorkerPolicy = policy }, Bound(bindings)).Describe(TestCatalog.Wan, engines.ToDictionary(e => e.Id));

    internal static EngineDescriptor Engine(string id, params MediaRole[] roles) => new()
    {
        Id = id,
        Version = "1",
        DisplayName = id,
        MediaRoles = roles,
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
    };

    private static EngineChoice Choose(string[] bindings, VideoRequest request, params EngineDescriptor[] engines) =>
        new EngineBindings(new(), Bound(bindings)).Choose(TestCatalog.Wan, request, engines.ToDictionary(e => e.Id));

    private static ModelBindings Bound(params string[] listed) => new(listed, new Dictionary<string, IReadOnlyList<string>>());

    private static VideoRequest Request(params MediaRole[] roles) => new() { Resolution = VideoResolution.Hd1080, DurationSeconds = 5, Seed = 1, Roles = roles };
}
