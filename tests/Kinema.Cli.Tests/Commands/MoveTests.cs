namespace Kinema.Cli.Tests.Commands;

/// <summary>What <c>kinema move</c> says where it cannot begin; the move itself is tested beside the databases.</summary>
public sealed class MoveTests : IDisposable
{
    private readonly Cli _cli = new();

    [Theory]
    [InlineData("/data", "postgres:Host=db", "--from must begin with sqlite:; got \"/data\"")]
    [InlineData("sqlite:/data", "Host=db;Password=hunter2", "--to must begin with postgres:")]
    [InlineData("sqlite:/data", "postgres:", "Kinema__Data__Postgres is not set")]
    public async Task A_side_that_is_not_named_is_asked_for(string from, string to, string message)
    {
        var result = await _cli.RunAsync("move", "--from", from, "--to", to);

        result.ShouldRefuse(2, message);
        result.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_folder_without_records_is_named()
    {
        _cli.Environment["Kinema__Data__Postgres"] = "Host=127.0.0.1;Port=1;Username=kinema;Password=hunter2;Database=none";

        (await _cli.RunAsync("move", "--from", "sqlite:absent", "--to", "postgres:")).ShouldRefuse(1, "There is no data folder");

        Directory.CreateDirectory(_cli.Data);
        (await _cli.RunAsync("move", "--from", $"sqlite:{_cli.Data}", "--to", "postgres:")).ShouldRefuse(1, "holds no records");
    }

    public void Dispose() => _cli.Dispose();
}
