using System.Globalization;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Tests.Prompts;

public sealed class CameraPromptParserTests
{
    [Theory]
    [InlineData("pan left", nameof(Move.PanLeft))]
    [InlineData("The camera slowly pans to the left across the valley", nameof(Move.PanLeft))]
    [InlineData("Panning right over the city", nameof(Move.PanRight))]
    [InlineData("camera pans from left to right", nameof(Move.PanRight))]
    [InlineData("turn left", nameof(Move.PanLeft))]
    [InlineData("leftward pan", nameof(Move.PanLeft))]
    [InlineData("tilt up", nameof(Move.TiltUp))]
    [InlineData("The camera tilts down to the shoes", nameof(Move.TiltDown))]
    [InlineData("look up", nameof(Move.TiltUp))]
    [InlineData("tilting slowly upwards", nameof(Move.TiltUp))]
    [InlineData("truck left", nameof(Move.TruckLeft))]
    [InlineData("slide right", nameof(Move.TruckRight))]
    [InlineData("tracking shot to the left", nameof(Move.TruckLeft))]
    [InlineData("lateral tracking shot to the right", nameof(Move.TruckRight))]
    [InlineData("dolly left", nameof(Move.TruckLeft))]
    [InlineData("the camera moves right", nameof(Move.TruckRight))]
    [InlineData("pedestal up", nameof(Move.PedestalUp))]
    [InlineData("boom down", nameof(Move.PedestalDown))]
    [InlineData("rise", nameof(Move.PedestalUp))]
    [InlineData("as the camera rises above the trees", nameof(Move.PedestalUp))]
    [InlineData("dolly in", nameof(Move.PushIn))]
    [InlineData("Slow push-in on her face", nameof(Move.PushIn))]
    [InlineData("the camera moves closer", nameof(Move.PushIn))]
    [InlineData("approach", nameof(Move.PushIn))]
    [InlineData("camera dollies forward", nameof(Move.PushIn))]
    [InlineData("dolly out", nameof(Move.PullOut))]
    [InlineData("pull back", nameof(Move.PullOut))]
    [InlineData("a gentle pull out revealing the room", nameof(Move.PullOut))]
    [InlineData("zoom in", nameof(Move.ZoomIn))]
    [InlineData("slowly zooms out", nameof(Move.ZoomOut))]
    [InlineData("a slow zoom", nameof(Move.ZoomIn))]
    [InlineData("static", nameof(Move.Static))]
    [InlineData("Locked-off shot, steam rising from the cup", nameof(Move.Static))]
    [InlineData("still camera", nameof(Move.Static))]
    [InlineData("fixed", nameof(Move.Static))]
    [InlineData("the camera stays still", nameof(Move.Static))]
    [InlineData("The camera does not move", nameof(Move.Static))]
    public void English_terms_name_a_move(string prompt, string move) => Read(prompt).ShouldBe((move, true));

    [Theory]
    [InlineData("左摇", nameof(Move.PanLeft))]
    [InlineData("镜头缓慢向左摇", nameof(Move.PanLeft))]
    [InlineData("右摇", nameof(Move.PanRight))]
    [InlineData("镜头从左向右摇", nameof(Move.PanRight))]
    [InlineData("上摇", nameof(Move.TiltUp))]
    [InlineData("镜头仰起", nameof(Move.TiltUp))]
    [InlineData("下摇", nameof(Move.TiltDown))]
    [InlineData("左移", nameof(Move.TruckLeft))]
    [InlineData("镜头向右平移", nameof(Move.TruckRight))]
    [InlineData("横移", nameof(Move.TruckLeft))]
    [InlineData("右移", nameof(Move.TruckRight))]
    [InlineData("上升", nameof(Move.PedestalUp))]
    [InlineData("升镜头", nameof(Move.PedestalUp))]
    [InlineData("镜头缓缓下降", nameof(Move.PedestalDown))]
    [InlineData("推", nameof(Move.PushIn))]
    [InlineData("镜头缓慢推进", nameof(Move.PushIn))]
    [InlineData("镜头不断推近", nameof(Move.PushIn))]
    [InlineData("拉近", nameof(Move.PushIn))]
    [InlineData("拉", nameof(Move.PullOut))]
    [InlineData("镜头拉远", nameof(Move.PullOut))]
    [InlineData("后拉", nameof(Move.PullOut))]
    [InlineData("放大", nameof(Move.ZoomIn))]
    [InlineData("变焦推", nameof(Move.ZoomIn))]
    [InlineData("缩小", nameof(Move.ZoomOut))]
    [InlineData("固定镜头", nameof(Move.Static))]
    [InlineData("静止镜头，热气升起", nameof(Move.Static))]
    public void Chinese_terms_name_a_move(string prompt, string move) => Read(prompt).ShouldBe((move, true));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a raccoon in the grass")]
    [InlineData("a frying pan on the left of the stove")]
    [InlineData("she turns left and looks up at the sky")]
    [InlineData("the sun rises over the sea")]
    [InlineData("he pulls out a letter")]
    [InlineData("a still life with fruit")]
    [InlineData("热气上升")]
    [InlineData("一只猫在拉绳子")]
    [InlineData("whip pan left")]
    [InlineData("rack focus, shallow depth of field")]
    [InlineData("甩镜头，浅景深")]
    [InlineData("手持鲜花的女孩")]
    [InlineData("树叶随风晃动")]
    [InlineData("she stops, then turns left")]
    [InlineData("a man by a lake, slowly approaching")]
    [InlineData("a dancer spinning on a stage")]
    [InlineData("a satellite in orbit")]
    [InlineData("a girl with a handheld fan")]
    [InlineData("rolling hills under the Arc de Triomphe")]
    [InlineData("a wooden crane by the harbour")]
    [InlineData("旋转木马")]
    public void Everything_else_gets_the_default_push(string? prompt) => Read(prompt).ShouldBe((nameof(Move.PushIn), false));

    [Theory]
    [InlineData("no camera movement", nameof(Move.Static))]
    [InlineData("A cat sleeps. No camera motion!", nameof(Move.Static))]
    [InlineData("without any camera movement", nameof(Move.Static))]
    [InlineData("do not move the camera", nameof(Move.Static))]
    [InlineData("没有镜头运动", nameof(Move.Static))]
    [InlineData("不要移动镜头", nameof(Move.Static))]
    [InlineData("镜头不动", nameof(Move.Static))]
    [InlineData("do not zoom", nameof(Move.TruckRight))]
    [InlineData("don’t zoom in", nameof(Move.TruckRight))]
    [InlineData("不要放大", nameof(Move.TruckRight))]
    [InlineData("no zoom, pan or tilt", nameof(Move.Static))]
    [InlineData("do not zoom, pan left", nameof(Move.PanLeft))]
    [InlineData("don't pan left but tilt up", nameof(Move.TiltUp))]
    [InlineData("push in rather than zooming out", nameof(Move.PushIn))]
    [InlineData("pan left instead of right", nameof(Move.PanLeft))]
    [InlineData("不要左摇，推近", nameof(Move.PushIn))]
    public void A_negated_move_is_excluded(string prompt, string move) => First(CameraPromptParser.Parse(prompt, null)).Move.ToString().ShouldBe(move);

    [Theory]
    [InlineData("zoom in", "zoom", nameof(Move.TruckRight))]
    [InlineData("zoom in", "blurry, low quality", nameof(Move.ZoomIn))]
    [InlineData("zoom in, then pan left", "zoom in", nameof(Move.PanLeft))]
    [InlineData("a raccoon", "camera movement", nameof(Move.Static))]
    [InlineData("a raccoon", "运镜", nameof(Move.Static))]
    [InlineData("a raccoon", "色调艳丽，过曝，静态，细节模糊不清，静止不动的画面", nameof(Move.PushIn))]
    [InlineData("static shot", "static", nameof(Move.PushIn))]
    [InlineData("pan left", "panning", nameof(Move.PushIn))]
    [InlineData("a raccoon", "push in, zoom, pan, tilt", nameof(Move.Static))]
    public void A_term_in_the_negative_prompt_excludes_a_move(string prompt, string negative, string move) =>
        First(CameraPromptParser.Parse(prompt, negative)).Move.ToString().ShouldBe(move);

    [Theory]
    [InlineData("slowly pan left", nameof(Speed.Slow))]
    [InlineData("pan left. The dog runs fast", nameof(Speed.Normal))]
    [InlineData("quickly zoom out", nameof(Speed.Fast))]
    [InlineData("镜头快速推近", nameof(Speed.Fast))]
    [InlineData("镜头缓缓推近", nameof(Speed.Slow))]
    [InlineData("slow motion, pan left", nameof(Speed.Normal))]
    [InlineData("slow-motion pan left", nameof(Speed.Normal))]
    public void The_nearest_speed_word_applies_to_a_move(string prompt, string speed) =>
        First(CameraPromptParser.Parse(prompt, null)).Speed.ToString().ShouldBe(speed);

    [Theory]
    [InlineData("pan slowly very slowly to the ")]
    [InlineData("slowly ")]
    [InlineData("aly")]
    [InlineData("pan to the ")]
    [InlineData("orbit left ")]
    [InlineData("缓慢向左")]
    [InlineData("向左缓")]
    [InlineData("or pan and ")]
    [InlineData("the camera is ")]
    public void A_long_adversarial_prompt_parses_fast(string piece)
    {
        var prompt = string.Concat(Enumerable.Repeat(piece, (5000 / piece.Length) - 1)) + "rise!";

        var before = ProcessorTime();
        CameraPromptParser.Parse(prompt, "no " + prompt);
        (ProcessorTime() - before).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    /// <summary>CPU time of this thread alone, independent of other load: user and system time in hundredths of a second, proc(5).</summary>
    private static TimeSpan ProcessorTime()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
    }

    private static (string Move, bool Asked) Read(string? prompt)
    {
        var plan = CameraPromptParser.Parse(prompt, null);
        return (First(plan).Move.ToString(), plan.CameraRequested);
    }

    private static PlannedMove First(CameraPlan plan) => plan.Segments[0].Moves[0];
}
