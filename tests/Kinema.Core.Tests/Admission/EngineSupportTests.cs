using System.Text.Json;
using Kinema.Engines;

namespace Kinema.Core.Tests.Admission;

/// <summary>What a published descriptor refuses, in words for the caller.</summary>
public sealed class EngineSupportTests
{
    private static readonly EngineDescriptor _engine = EngineBindingsTests.Engine("wan", MediaRole.FirstFrame, MediaRole.LastFrame) with
    {
        Resolutions = [VideoResolution.Sd480, VideoResolution.Hd720],
        Settings = ["steps", "loras"],
        SettingValues = new Dictionary<string, IReadOnlyList<string>> { ["loras"] = ["film", "anime"] },
    };

    [Fact]
    public void Media_are_accepted_in_a_published_combination_in_any_order()
    {
        var engine = _engine with { MediaCombinations = [[MediaRole.FirstFrame, MediaRole.LastFrame]] };

        EngineSupport.FromDescriptor(engine, Request([MediaRole.LastFrame, MediaRole.FirstFrame])).ShouldBe(EngineSupport.Supported);
        EngineSupport.FromDescriptor(engine, Request([MediaRole.FirstFrame])).Reason
            .ShouldBe("a first frame is no set of media for the engine 'wan', which takes a first frame with a last frame");
        EngineSupport.FromDescriptor(_engine, Request([MediaRole.LastFrame])).ShouldBe(EngineSupport.Supported);
    }

    [Fact]
    public void A_resolution_is_refused_with_those_that_are_made() =>
        EngineSupport.FromDescriptor(_engine, Request([MediaRole.FirstFrame]) with { Resolution = VideoResolution.Hd1080 }).Reason
            .ShouldBe("the resolution 1080p is not served by the engine 'wan', which makes 480p and 720p");

    [Fact]
    public void A_setting_that_the_engine_does_not_read_is_refused_by_name()
    {
        var request = Request([MediaRole.FirstFrame], "guidance", "3.5");

        EngineSupport.FromDescriptor(_engine, request).ShouldBe(new EngineSupport(null, "is not read by the engine bound here") { Setting = "guidance" });
        EngineSupport.FromDescriptor(_engine with { Settings = null }, Request([MediaRole.FirstFrame], "steps", "4")).Setting.ShouldBe("steps");
        EngineSupport.FromDescriptor(_engine, Request([MediaRole.FirstFrame], "steps", "4")).ShouldBe(EngineSupport.Supported);
    }

    [Fact]
    public void A_value_that_the_operator_does_not_offer_is_refused_with_those_that_he_does()
    {
        EngineSupport.FromDescriptor(_engine, Request([MediaRole.FirstFrame], "loras", "[\"film\"]")).ShouldBe(EngineSupport.Supported);
        EngineSupport.FromDescriptor(_engine, Request([MediaRole.FirstFrame], "loras", "[\"film\",\"noir\"]")).Reason
            .ShouldBe("must be of \"film\", \"anime\", which this server offers; got \"noir\"");
        var none = _engine with { SettingValues = new Dictionary<string, IReadOnlyList<string>> { ["loras"] = [] } };
        EngineSupport.FromDescriptor(none, Request([MediaRole.FirstFrame], "loras", "[\"film\"]")).Reason.ShouldBe("must be left out: this server offers none; got \"film\"");
    }

    [Fact]
    public void A_descriptor_stored_before_these_members_existed_is_read()
    {
        var stored = """{"Id":"motion","Version":"1","DisplayName":"Motion","MediaRoles":[0],"Resolutions":[0,1],"MinDurationSeconds":2,"MaxDurationSeconds":15}""";
        var engine = JsonSerializer.Deserialize<EngineDescriptor>(stored)!;

        (engine.Models, engine.MediaCombinations, engine.Settings, engine.SettingValues).ShouldBe((null, null, null, null));
        engine.Resolutions.ShouldBe([VideoResolution.Hd720, VideoResolution.Hd1080]);
    }

    private static VideoRequest Request(MediaRole[] roles, string? setting = null, string value = "") => new()
    {
        Resolution = VideoResolution.Hd720,
        DurationSeconds = 5,
        Seed = 1,
        Roles = roles,
        Settings = setting is null ? new Dictionary<string, JsonElement>() : new Dictionary<string, JsonElement> { [setting] = JsonElement.Parse(value) },
    };
}
