using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

public sealed class MotionTests : IDisposable
{
    private static readonly string _picture = Path.Combine(Samples.Folder, "cat-451x300.png");
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_sheet_has_a_strip_for_each_prompt()
    {
        var one = await SheetAsync("one.jpg", "push in");
        var two = await SheetAsync("two.jpg", "push in", "pan left");

        one.Take(3).ShouldBe(new byte[] { 0xFF, 0xD8, 0xFF });
        HeightOf(two).ShouldBeInRange((int)(1.9 * HeightOf(one)), 2 * HeightOf(one));
    }

    [Fact]
    public async Task A_prompt_in_Chinese_has_a_strip_as_well() => HeightOf(await SheetAsync("chinese.jpg", "缓慢推近")).ShouldBeGreaterThan(0);

    [Fact]
    public async Task A_sheet_of_a_picture_that_is_not_there_ends_with_2() =>
        (await _cli.RunAsync("motion", "sheet", "nowhere.png")).ShouldRefuse(2, "there is no file nowhere.png");

    [Fact]
    public async Task A_sheet_of_one_frame_is_refused() =>
        (await _cli.RunAsync("motion", "sheet", _picture, "--frames", "1")).ShouldRefuse(2, "--frames must be from 2 to 24; got 1");

    private async Task<byte[]> SheetAsync(string name, params string[] prompts)
    {
        var path = Path.Combine(_cli.Directory, name);
        var result = await _cli.RunAsync(
            ["motion", "sheet", _picture, "-o", path, "--frames", "2", "--width", "160", "--duration", "2", .. prompts.SelectMany(prompt => new[] { "--prompt", prompt })]);
        result.Code.ShouldBe(0, result.Error);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>From the frame header of the JPEG (ITU-T T.81, B.2.2).</summary>
    private static int HeightOf(byte[] jpeg)
    {
        for (var at = 2; ; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])
        {
            if (jpeg[at + 1] is >= 0xC0 and <= 0xC2)
                return (jpeg[at + 5] << 8) + jpeg[at + 6];
        }
    }
}
