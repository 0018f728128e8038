using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Prompts;

/// <summary>Prompts as people write them for video models, each easy to misread.</summary>
public sealed class ColloquialPromptTests
{
    [Theory]
    [InlineData("The camera should not move")]
    [InlineData("Do not move camera")]
    [InlineData("A waterfall, without moving the camera")]
    [InlineData("Camera movement: none")]
    [InlineData("A cat. Camera: none.")]
    [InlineData("camera with no movement")]
    [InlineData("zero camera movement")]
    [InlineData("no movement")]
    [InlineData("The camera holds steady on the cup as steam rises")]
    [InlineData("The background remains static while the woman dances")]
    [InlineData("静态镜头")]
    [InlineData("镜头不要移动")]
    [InlineData("镜头没有移动，女孩眨眼")]
    [InlineData("运镜：无")]
    [InlineData("镜头无移动")]
    [InlineData("画面保持不变，人物微笑")]
    [InlineData("keep the framing unchanged")]
    [InlineData("The framing stays fixed while she smiles")]
    [InlineData("the composition should remain the same")]
    [InlineData("maintain the same framing")]
    [InlineData("构图保持不变")]
    public void A_static_camera(string prompt) => Read(prompt).ShouldBe("static");

    [Theory]
    [InlineData("The camera pans up to reveal the tower", "tilt_up")]
    [InlineData("pan down slowly", "tilt_down")]
    [InlineData("The camera pans out to reveal the landscape", "pull_out")]
    [InlineData("camera pans in on her face", "push_in")]
    [InlineData("pan left to right", "pan_right")]
    [InlineData("the camera sweeps left over the sea", "pan_left")]
    [InlineData("slow cinematic pan", "pan_left")]
    [InlineData("the camera retreats", "pull_out")]
    [InlineData("camera tracks backward as she walks toward us", "pull_out")]
    [InlineData("The camera glides forward through the forest", "push_in")]
    [InlineData("The camera moves slowly toward the woman", "push_in")]
    [InlineData("POV walking forward through the forest", "push_in")]
    [InlineData("the camera lowers to the ground", "pedestal_down")]
    [InlineData("The camera lifts up", "pedestal_up")]
    [InlineData("aerial view, drone rises over the city", "pedestal_up")]
    [InlineData("The drone descends", "pedestal_down")]
    [InlineData("drone circles the tower", "orbit_right")]
    [InlineData("360° view of the sneaker", "orbit_right")]
    [InlineData("The perfume bottle turns slowly", "orbit_right")]
    [InlineData("outward zoom", "zoom_out")]
    [InlineData("the camera drops down to the floor", "pedestal_down")]
    [InlineData("Camera rushes toward the door", "push_in")]
    [InlineData("shaky cam", "handheld")]
    [InlineData("镜头后退", "pull_out")]
    [InlineData("镜头向后移动", "pull_out")]
    [InlineData("镜头向前穿过森林", "push_in")]
    [InlineData("镜头逐渐靠近主体", "push_in")]
    [InlineData("镜头由近及远", "pull_out")]
    [InlineData("镜头向上抬起", "tilt_up")]
    [InlineData("镜头左右摇晃", "handheld")]
    [InlineData("镜头由左向右平移", "truck_right")]
    [InlineData("无人机航拍，缓缓升起", "pedestal_up")]
    [InlineData("商品在展示台上缓缓转动", "orbit_right")]
    [InlineData("无人机向左环绕城堡", "orbit_left")]
    [InlineData("不断推近", "push_in")]
    [InlineData("The camera tilts to the left", "pan_left")]
    [InlineData("tilt right", "pan_right")]
    [InlineData("镜头由下至上", "tilt_up")]
    [InlineData("镜头从下到上展示整座高楼", "tilt_up")]
    [InlineData("镜头缓缓由上至下", "tilt_down")]
    [InlineData("镜头由左至右", "pan_right")]
    [InlineData("镜头由右至左扫过城市", "pan_left")]
    [InlineData("镜头从左到右扫过", "pan_right")]
    [InlineData("镜头由下至上移动", "pedestal_up")]
    [InlineData("镜头由下至上缓缓升起", "pedestal_up")]
    [InlineData("镜头由左至右平移", "truck_right")]
    public void Colloquial_terms_for_a_move(string prompt, string move) => Read(prompt).ShouldBe(move);

    [Theory]
    [InlineData("The camera follows the woman as she walks left", "follow_left")]
    [InlineData("Tracking shot of the car moving right to left", "follow_left")]
    [InlineData("camera follows the car from left to right", "follow_right")]
    [InlineData("镜头跟随女孩向左移动", "follow_left")]
    [InlineData("The camera pans left, following the car", "pan_left")]
    [InlineData("The camera pans right to follow the bird", "pan_right")]
    [InlineData("The camera follows him from behind as he walks", "push_in")]
    [InlineData("气球飞起，镜头跟随上升", "pedestal_up")]
    [InlineData("The camera follows the bird upward", "pedestal_up")]
    [InlineData("camera tracks the bird upwards into the sky", "pedestal_up")]
    [InlineData("The camera follows the falling leaf downward", "pedestal_down")]
    [InlineData("The camera follows the car down the road", "follow_right")]
    public void A_follow_move_takes_the_given_direction(string prompt, string move) => Read(prompt).ShouldBe(move);

    [Theory]
    [InlineData("zoom in and out", "zoom_in then zoom_out")]
    [InlineData("The camera moves left and right slowly", "truck_left then truck_right")]
    [InlineData("先左移后右移", "truck_left then truck_right")]
    [InlineData("镜头推近后环绕", "push_in then orbit_right")]
    [InlineData("static background, camera zooms in", "zoom_in")]
    public void A_move_and_its_reverse(string prompt, string plan) => Read(prompt).ShouldBe(plan);

    [Theory]
    [InlineData("pan left and up", "pan_left + tilt_up")]
    [InlineData("The camera pans left and down to the harbour", "pan_left + tilt_down")]
    [InlineData("pan up and to the right", "tilt_up + pan_right")]
    [InlineData("pan upwards and rightwards", "tilt_up + pan_right")]
    [InlineData("Slowly move left and up to reveal the sky", "truck_left + pedestal_up")]
    [InlineData("The camera moves right and up", "truck_right + pedestal_up")]
    [InlineData("dolly in and up", "push_in + pedestal_up")]
    [InlineData("The camera pans left and up, then zooms in", "pan_left + tilt_up then zoom_in")]
    [InlineData("The camera pans left. She looks up and to the right", "pan_left")]
    [InlineData("The camera pans left, she looks up and to the right", "pan_left")]
    public void Two_directions_in_one_clause_are_simultaneous(string prompt, string plan) => Read(prompt).ShouldBe(plan);

    [Theory]
    [InlineData("The camera whips around to the door", true)]
    [InlineData("the camera quickly whips left", true)]
    [InlineData("Whip around to the crowd", true)]
    [InlineData("The wind whips around her", false)]
    [InlineData("whip the cream", false)]
    public void A_whipping_camera_is_an_unsupported_whip_pan(string prompt, bool isNoted)
    {
        var plan = CameraPromptParser.Parse(prompt, null);

        plan.CameraRequested.ShouldBeFalse();
        plan.Notes.ShouldBe(isNoted ? ["'whip pan' is asked for and not made by this engine"] : []);
    }

    [Theory]
    [InlineData("Static electricity crackles around the wizard")]
    [InlineData("a Zoom call between colleagues")]
    [InlineData("He zooms past on a motorcycle")]
    [InlineData("birds fly over the city")]
    [InlineData("the wheels rotate on the road")]
    [InlineData("a ballerina slowly rotates")]
    [InlineData("She walks toward the camera and turns left")]
    [InlineData("The girl looks into the camera and moves closer")]
    [InlineData("The car crosses. She looks up and down")]
    [InlineData("the camera moves in sync with the dancer")]
    [InlineData("no sudden camera movements")]
    [InlineData("小猫向左移动")]
    [InlineData("女孩看向镜头，缓缓靠近")]
    [InlineData("画面中的小船向右移动")]
    [InlineData("缓缓上升的热气球")]
    [InlineData("他拿着放大镜")]
    [InlineData("拉开窗帘，阳光照进来")]
    [InlineData("舞者旋转")]
    [InlineData("画面从左到右依次是苹果和梨")]
    [InlineData("She tilts her head to the left")]
    [InlineData("The birds move left and up")]
    [InlineData("镜头不晃动")]
    [InlineData("画面稳定无抖动")]
    public void Motion_of_the_subject_is_no_camera_move(string prompt)
    {
        CameraPromptParser.Parse(prompt, null).CameraRequested.ShouldBeFalse();
        Read(prompt).ShouldBe("push_in");
    }

    [Theory]
    [InlineData("minimal camera movement", nameof(Speed.Slow))]
    [InlineData("a slight push in", nameof(Speed.Slow))]
    [InlineData("crash zoom", nameof(Speed.Fast))]
    [InlineData("镜头慢推", nameof(Speed.Slow))]
    [InlineData("镜头轻微推进", nameof(Speed.Slow))]
    [InlineData("镜头快推", nameof(Speed.Fast))]
    public void Speed_words(string prompt, string speed) => CameraPromptParser.Parse(prompt, null).Segments[0].Moves[0].Speed.ToString().ShouldBe(speed);

    [Theory]
    [InlineData("no camera movement", null)]
    [InlineData("a cat", "camera movement")]
    public void Excluding_every_move_requests_a_static_camera(string prompt, string? negative)
    {
        var plan = CameraPromptParser.Parse(prompt, negative);

        plan.IsStatic.ShouldBeTrue();
        plan.CameraRequested.ShouldBeTrue();
    }

    private static string Read(string prompt) => string.Join(
        " then ", CameraPromptParser.Parse(prompt, null).Segments.Select(segment => string.Join(" + ", segment.Moves.Select(request => request.Move.Name()))));
}
