namespace Kinema.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("no command given", "")]
    [InlineData("there is no command 'bogus'; there are serve, run", "bogus")]
    [InlineData("there is no command 'bogus'; there are create, list, revoke", "keys bogus")]
    [InlineData("give IMAGE for a video that begins with a picture, or --video VIDEO", "run")]
    [InlineData("'--bogus' is one argument or option too many", "run a.jpg --bogus")]
    [InlineData("--duration must be a whole number; got 'five'", "run a.jpg --duration five")]
    [InlineData("--seed must be a whole number; got '1.5'", "run a.jpg --seed 1.5")]
    [InlineData("there is no file a.jpg", "run a.jpg")]
    [InlineData("--server must be an http or https URL", "run https://example.com/a.jpg --server ftp://example.com --key k")]
    [InlineData("a server needs a key", "run https://example.com/a.jpg --server http://127.0.0.1:1")]
    [InlineData("the key has characters that no key has", "run https://example.com/a.jpg --server http://127.0.0.1:1 --key 'k'")]
    [InlineData("there is no folder", "run https://example.com/a.jpg -o nowhere/a.mp4")]
    [InlineData("--urls takes http and https addresses", "serve --urls ftp://127.0.0.1:8443")]
    [InlineData("a setting is written Section:Key=Value", "serve --set nonsense")]
    [InlineData("Runs:MaxAttempts must be a whole number; got \"x\"", "serve --set Runs:MaxAttempts=x")]
    [InlineData("--expires must be a number and m, h or d", "keys create --expires soon")]
    [InlineData("'runs:all'", "keys create --scope runs:all")]
    [InlineData("--engine must be given 1 to 32 times; got 0", "keys create --worker")]
    [InlineData("--engine must have 1 to 64 characters of a to z, 0 to 9 and '-'; got \"Wan\"", "keys create --worker --engine Wan")]
    [InlineData("--engine goes with --worker", "keys create --engine wan")]
    [InlineData("--worker takes no --scope", "keys create --worker --engine wan --scope runs:read")]
    [InlineData("--worker takes no --org", "keys create --worker --engine wan --org acme")]
    [InlineData("'7' is not an id", "keys revoke 7")]
    [InlineData("'7' is not an id", "workers drain 7")]
    [InlineData("--port must be from 0 to 65535", "listen --port 70000")]
    [InlineData("--url must be an http URL", "doctor --url nonsense")]
    public async Task A_mistake_on_the_command_line_is_named_and_ends_with_2(string message, string line) =>
        (await _cli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldRefuse(2, message);

    [Fact]
    public async Task Help_lists_every_command_but_the_hidden_one_and_every_exit_code()
    {
        var result = await _cli.RunAsync("--help");

        result.Code.ShouldBe(0);
        foreach (var word in (string[])["serve", "run", "models", "orgs", "keys", "workers", "secrets", "callbacks", "listen", "doctor", "KINEMA_DATA", "KINEMA_KEY"])
            result.Output.ShouldContain(word);
        foreach (var (code, meaning) in ExitCodes.All)
            result.Output.ShouldContain($"{code,-4} {meaning}");
        result.Output.ShouldNotContain("demo");
    }

    [Fact]
    public async Task The_help_of_one_command_leaves_the_exit_codes_out()
    {
        var result = await _cli.RunAsync("keys", "create", "--help");

        result.Code.ShouldBe(0);
        result.Output.ShouldContain("--scope");
        result.Output.ShouldNotContain("Exit codes");
    }

    [Fact]
    public async Task An_unreachable_server_ends_with_3() =>
        (await _cli.RunAsync("run", "https://example.com/a.jpg", "--server", "http://127.0.0.1:1", "--key", "k")).ShouldRefuse(3, "cannot reach the server");

    [Theory]
    [InlineData("orgs", "list")]
    [InlineData("keys", "list")]
    [InlineData("keys", "create")]
    [InlineData("secrets", "list")]
    public async Task Reading_from_a_missing_data_folder_does_not_create_it(params string[] args)
    {
        (await _cli.RunAsync([.. args, "--data", "data"])).ShouldRefuse(3, "there is no data folder");
        Directory.Exists(_cli.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unexpected_exception_is_one_line_with_details_only_on_request()
    {
        // A file where the folder should be is met deep inside the store.
        await File.WriteAllTextAsync(Path.Combine(_cli.Directory, "file"), "", TestContext.Current.CancellationToken);

        var brief = await _cli.RunAsync("orgs", "create", "a", "--data", "file/below");
        var detailed = await _cli.RunAsync("orgs", "create", "a", "--data", "file/below", "--verbose");

        brief.Code.ShouldBe(1);
        brief.Error.Trim().Split('\n').Length.ShouldBe(1);
        detailed.Code.ShouldBe(1);
        detailed.Error.ShouldContain("   at ");
    }
}
