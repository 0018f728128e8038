using System.Text.Json.Nodes;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>The mistakes of a first try: each message says what to do.</summary>
public sealed class StrangerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_missing_tokenizer_says_which_file_to_get_and_where_to_name_it(string name)
    {
        var message = await RefusalAsync(new() { Folder = FixtureFolder.Checkpoint(name) });

        message.ShouldSatisfyAllConditions(
            m => m.ShouldContain(Path.Combine(FixtureFolder.Checkpoint(name), "tokenizer")),
            m => m.ShouldContain("WanFiles.Tokenizer"),
            m => m.ShouldContain("google/umt5-xxl"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_tokenizer_with_more_pieces_than_the_text_encoder_is_refused_at_load(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        var path = Path.Combine(checkpoint.Folder, "tokenizer", "tokenizer.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path, Ct))!;
        for (var i = 0; i < 500; i++)
            json["model"]!["vocab"]!.AsArray().Add(new JsonArray($"piece{i}", -2.0));
        await File.WriteAllTextAsync(path, json.ToJsonString(), Ct);

        var message = await RefusalAsync(new() { Folder = checkpoint.Folder });

        message.ShouldContain("has 530 pieces, but the text encoder in ");
        message.ShouldContain("google/umt5-xxl");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_Diffusers_folder_without_its_index_says_what_it_was_taken_for(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        File.Delete(Path.Combine(checkpoint.Folder, "model_index.json"));

        var message = await RefusalAsync(new() { Folder = checkpoint.Folder });

        message.ShouldContain($"{checkpoint.Folder} has no model_index.json, so it was taken for a folder of single files");
        message.ShouldContain("Its subfolders transformer, ");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task The_folder_of_one_component_says_to_name_the_folder_above(string name)
    {
        var folder = FixtureFolder.Checkpoint(name, "vae");

        (await RefusalAsync(new() { Folder = folder })).ShouldContain("name the folder above it");
    }

    [Fact]
    public void Every_public_type_is_in_one_namespace() =>
        typeof(WanPipeline).Assembly.GetExportedTypes().Select(type => type.Namespace).Distinct().ShouldBe(["Kinema.Wan"]);

    [Fact]
    public void Every_public_exception_is_a_WanException() =>
        typeof(WanPipeline).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Exception))).ShouldAllBe(type => type.IsAssignableTo(typeof(WanException)));

    [Fact]
    public void Every_cancellation_token_has_the_usual_name() =>
        typeof(WanPipeline).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.ParameterType == typeof(CancellationToken)).ShouldAllBe(parameter => parameter.Name == "cancellationToken");

    private static async Task<string> RefusalAsync(WanFiles files) =>
        (await Should.ThrowAsync<WanException>(() => WanPipeline.LoadAsync(files, cancellationToken: Ct))).Message;
}
