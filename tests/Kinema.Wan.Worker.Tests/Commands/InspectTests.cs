namespace Kinema.Wan.Worker.Tests.Commands;

public sealed class InspectTests
{
    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task It_says_what_the_checkpoint_is(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);

        var found = await WanCli.JsonAsync(checkpoint.WorkingDirectory, "inspect", "checkpoint");
        var (code, text, _) = await WanCli.RunAsync(checkpoint.WorkingDirectory, "inspect", "checkpoint");

        code.ShouldBe(0);
        var digest = found.GetProperty("digest").GetString()!;
        digest.Length.ShouldBe(64);
        text.ShouldContain(digest);
        text.ShouldContain(found.GetProperty("family").GetString()!);
        text.ShouldContain("all parts stay");
        found.GetProperty("offload_plan").GetProperty("reserve_bytes").GetInt64().ShouldBeGreaterThan(0);
        var transformer = found.GetProperty("components").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "Transformer");
        transformer.GetProperty("parameters").GetInt64().ShouldBeGreaterThan(10_000);
        transformer.GetProperty("types")[0].GetString().ShouldBe("F32");
        transformer.GetProperty("bytes").GetInt64().ShouldBe(4 * transformer.GetProperty("parameters").GetInt64());
    }

    [Fact]
    public async Task It_names_every_part_that_is_missing()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);
        Directory.Delete(Path.Combine(checkpoint.Folder, "vae"), recursive: true);
        Directory.Delete(Path.Combine(checkpoint.Folder, "text_encoder"), recursive: true);

        (await WanCli.RefusalAsync(checkpoint.WorkingDirectory, 1, "inspect", "checkpoint")).ShouldContain("lacks text_encoder/, vae/");
    }

    [Theory]
    [InlineData("inspect", "Required argument 'DIR' missing")]
    [InlineData("inspect checkpoint --dtype int4", "int4")]
    [InlineData("inspect checkpoint --device tpu", "Device must be cpu, cuda or cuda:N; got \"tpu\"")]
    [InlineData("inspect checkpoint --memory-budget lots", "--memory-budget must be a number of bytes, such as 24GB or 24GiB; got 'lots'")]
    [InlineData("check checkpoint --steps 1", "--steps must be 2 or more; got 1")]
    public async Task A_mistake_on_the_command_line_is_named(string line, string message)
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);

        (await WanCli.RefusalAsync(checkpoint.WorkingDirectory, 2, line.Split(' '))).ShouldContain(message);
    }

    [Theory]
    [InlineData("24GB", 24_000_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("800000000", 800_000_000)]
    [InlineData("2m", 2_000_000)]
    public void A_size_is_read_as_people_write_it(string text, long bytes) => Options.ByteSize.Parse(text, "--memory-budget").ShouldBe(bytes);
}
