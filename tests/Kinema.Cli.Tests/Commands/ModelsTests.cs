namespace Kinema.Cli.Tests.Commands;

public sealed class ModelsTests : IDisposable
{
    private const string Wan = "alibaba/wan/v2.7/image-to-video";
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_list_names_each_model_with_its_price()
    {
        var table = await _cli.RunAsync("models", "list");
        var json = await _cli.JsonAsync("models", "list");

        table.Output.ShouldContain(Wan);
        table.Output.ShouldContain("$0.1/second");
        json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("slug").GetString()).ShouldContain(Wan);
    }

    [Fact]
    public async Task A_model_is_shown_by_path_and_by_id_with_all_eleven_fields()
    {
        var byPath = await _cli.JsonAsync("models", "show", Wan);
        var byId = await _cli.JsonAsync("models", "show", byPath.GetProperty("id").GetString()!);
        var sheet = await _cli.RunAsync("models", "show", Wan);

        byId.GetRawText().ShouldBe(byPath.GetRawText());
        byPath.GetProperty("inputs").GetArrayLength().ShouldBe(11);
        sheet.Output.ShouldContain("2 to 15");
        sheet.Output.ShouldContain("720p, 1080p");
    }

    [Fact]
    public async Task A_model_that_is_not_there_ends_with_3() =>
        (await _cli.RunAsync("models", "show", "alibaba/wan/v9")).ShouldRefuse(3, "there is no model 'alibaba/wan/v9'");
}
