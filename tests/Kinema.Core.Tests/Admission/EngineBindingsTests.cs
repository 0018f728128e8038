using Kinema.Core.Admission;
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
        new EngineBindings(new() { Bindings = ["wan", "motion"], NoWorkerPolicy = EngineOptions.Refuse })
            .Choose(Request(MediaRole.FirstFrame), new Dictionary<string, EngineDescriptor> { ["motion"] = _motion })
            .ShouldBeOfType<EngineChoice.Unavailable>().Reason.ShouldContain("'wan'");

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
        new EngineBindings(new() { Bindings = bindings }).Choose(request, engines.ToDictionary(e => e.Id));

    private static VideoRequest Request(params MediaRole[] roles) => new() { Resolution = VideoResolution.Hd1080, DurationSeconds = 5, Seed = 1, Roles = roles };
}
