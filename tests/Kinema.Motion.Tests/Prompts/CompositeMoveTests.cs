using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Prompts;

/// <summary>Composite moves in both languages.</summary>
public sealed class CompositeMoveTests
{
    [Theory]
    [InlineData("dolly zoom", nameof(Move.DollyZoomIn))]
    [InlineData("vertigo effect on the man", nameof(Move.DollyZoomIn))]
    [InlineData("dolly zoom out", nameof(Move.DollyZoomOut))]
    [InlineData("the camera dollies in while zooming out", nameof(Move.DollyZoomIn))]
    [InlineData("zoom in while pulling back", nameof(Move.DollyZoomOut))]
    [InlineData("Product rotating slowly on a display pedestal", nameof(Move.OrbitRight))]
    [InlineData("rotating product on a turntable", nameof(Move.OrbitRight))]
    [InlineData("the bottle spins slowly", nameof(Move.OrbitRight))]
    [InlineData("a vase turning on its axis", nameof(Move.OrbitRight))]
    [InlineData("a sneaker rotates clockwise", nameof(Move.OrbitRight))]
    [InlineData("a sneaker rotates counter-clockwise", nameof(Move.OrbitLeft))]
    [InlineData("orbit right around the statue", nameof(Move.OrbitRight))]
    [InlineData("The camera orbits slowly around the car to the left", nameof(Move.OrbitLeft))]
    [InlineData("orbit clockwise", nameof(Move.OrbitLeft))]
    [InlineData("arc shot around the dancer", nameof(Move.OrbitRight))]
    [InlineData("arc left around the dancer", nameof(Move.OrbitLeft))]
    [InlineData("the camera circles the tower", nameof(Move.OrbitRight))]
    [InlineData("the camera revolves around her", nameof(Move.OrbitRight))]
    [InlineData("the camera moves around the sculpture", nameof(Move.OrbitRight))]
    [InlineData("360 degree view of the shoe", nameof(Move.OrbitRight))]
    [InlineData("roll clockwise", nameof(Move.RollClockwise))]
    [InlineData("Dutch roll clockwise", nameof(Move.RollClockwise))]
    [InlineData("camera roll to the left", nameof(Move.RollCounter))]
    [InlineData("the camera rolls counterclockwise", nameof(Move.RollCounter))]
    [InlineData("the camera rotates clockwise", nameof(Move.RollClockwise))]
    [InlineData("barrel roll", nameof(Move.RollClockwise))]
    [InlineData("dutch angle", nameof(Move.RollClockwise))]
    [InlineData("crane up", nameof(Move.CraneUp))]
    [InlineData("crane shot rising over the roofs", nameof(Move.CraneUp))]
    [InlineData("jib down to the table", nameof(Move.CraneDown))]
    [InlineData("a crane shot descending", nameof(Move.CraneDown))]
    [InlineData("the camera follows the runner", nameof(Move.FollowRight))]
    [InlineData("follow the car to the left", nameof(Move.FollowLeft))]
    [InlineData("tracking the subject", nameof(Move.FollowRight))]
    [InlineData("a tracking shot of a cyclist", nameof(Move.FollowRight))]
    [InlineData("aerial view of a city", nameof(Move.DroneForward))]
    [InlineData("drone footage of mountains", nameof(Move.DroneForward))]
    [InlineData("flyover of the coast", nameof(Move.DroneForward))]
    [InlineData("the camera flies over the valley", nameof(Move.DroneForward))]
    [InlineData("drone shot slowly flying back", nameof(Move.DroneBack))]
    [InlineData("pulling back to reveal the village", nameof(Move.DroneBack))]
    [InlineData("handheld", nameof(Move.Handheld))]
    [InlineData("shaky camera", nameof(Move.Handheld))]
    public void English_terms(string prompt, string move) => Read(prompt).ShouldBe([move]);

    [Theory]
    [InlineData("希区柯克变焦", nameof(Move.DollyZoomIn))]
    [InlineData("环绕拍摄", nameof(Move.OrbitRight))]
    [InlineData("镜头绕着雕像缓缓移动", nameof(Move.OrbitRight))]
    [InlineData("镜头向左环绕人物", nameof(Move.OrbitLeft))]
    [InlineData("镜头围绕产品旋转", nameof(Move.OrbitRight))]
    [InlineData("产品在展台上缓慢旋转", nameof(Move.OrbitRight))]
    [InlineData("产品逆时针旋转", nameof(Move.OrbitLeft))]
    [InlineData("产品放在转台上", nameof(Move.OrbitRight))]
    [InlineData("侧滚", nameof(Move.RollClockwise))]
    [InlineData("顺时针旋转镜头", nameof(Move.RollClockwise))]
    [InlineData("镜头逆时针旋转", nameof(Move.RollCounter))]
    [InlineData("摇臂升", nameof(Move.CraneUp))]
    [InlineData("摇臂上升", nameof(Move.CraneUp))]
    [InlineData("摇臂下降", nameof(Move.CraneDown))]
    [InlineData("跟拍", nameof(Move.FollowRight))]
    [InlineData("镜头跟随奔跑的男孩", nameof(Move.FollowRight))]
    [InlineData("航拍", nameof(Move.DroneForward))]
    [InlineData("航拍城市夜景", nameof(Move.DroneForward))]
    [InlineData("无人机向后拉远", nameof(Move.DroneBack))]
    [InlineData("手持镜头", nameof(Move.Handheld))]
    [InlineData("镜头轻微晃动", nameof(Move.Handheld))]
    public void Chinese_terms(string prompt, string move) => Read(prompt).ShouldBe([move]);

    [Theory]
    [InlineData("no rotation", nameof(Move.PushIn))]
    [InlineData("orbit left, no handheld shake", nameof(Move.OrbitLeft))]
    [InlineData("don't orbit, truck left", nameof(Move.TruckLeft))]
    [InlineData("不要旋转，镜头推近", nameof(Move.PushIn))]
    public void Negated_terms(string prompt, string move) => Read(prompt).ShouldBe([move]);

    [Theory]
    [InlineData("whip pan left", "whip pan")]
    [InlineData("rack focus from the cup to the window", "focus pull")]
    [InlineData("甩镜头", "whip pan")]
    [InlineData("浅景深", "focus pull")]
    public void An_unsupported_move_gets_a_note(string prompt, string name) =>
        CameraPromptParser.Parse(prompt, null).Notes.ShouldBe([$"'{name}' is asked for and not made by this engine"]);

    [Fact]
    public void A_wide_picture_defaults_to_a_slow_truck()
    {
        CameraPromptParser.Parse("a mountain range", null, isWide: true).Segments.ShouldHaveSingleItem().Moves.ShouldBe([new(Move.TruckRight, Speed.Normal)]);
        CameraPromptParser.Parse("a mountain range", "panning", isWide: true).Segments.ShouldHaveSingleItem().Moves.ShouldBe([new(Move.PushIn, Speed.Normal)]);
    }

    private static IEnumerable<string> Read(string prompt) =>
        CameraPromptParser.Parse(prompt, null).Segments.SelectMany(segment => segment.Moves).Select(request => request.Move.ToString());
}
