using System.Reflection;

namespace Kinema.Client.Tests;

/// <summary>Mistakes of the caller are named before anything is sent.</summary>
public sealed class ArgumentTests
{
    /// <summary>Parameters that may be null: the document of each says what that means.</summary>
    private static readonly string[] _optional =
        ["options", "progress", "reason", "label", "lastEventId", "mimeType", "sizeBytes", "isPositive", "timeProvider", "cancellationToken"];

    public static TheoryData<string, string> References => [.. Calls.SelectMany(Required)];

    private static IEnumerable<MethodInfo> Calls =>
        typeof(KinemaClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName);

    [Theory]
    [MemberData(nameof(References))]
    public async Task A_null_is_an_ArgumentNullException_before_anything_is_sent(string call, string parameter)
    {
        var network = new NoNetwork();
        using var http = new HttpClient(network);
        var client = new KinemaClient(http, new() { BaseAddress = new Uri("http://a/") });
        var method = Calls.Single(method => method.ToString() == call);

        var error = await Should.ThrowAsync<ArgumentNullException>(() => CallAsync(client, method, parameter));

        error.ParamName.ShouldBe(parameter);
        network.Requests.ShouldBe(0);
    }

    [Fact]
    public void The_constructor_names_a_null_too()
    {
        using var http = new HttpClient(new NoNetwork());

        Should.Throw<ArgumentNullException>(() => new KinemaClient(null!, new())).ParamName.ShouldBe("http");
        Should.Throw<ArgumentNullException>(() => new KinemaClient(http, null!)).ParamName.ShouldBe("options");
    }

    [Fact]
    public async Task Other_wrong_arguments_name_what_is_allowed()
    {
        using var http = new HttpClient(new NoNetwork());
        var client = new KinemaClient(http, new() { BaseAddress = new Uri("http://a/") });
        var input = new ImageToVideoInput();

        (await Refusal(() => client.CreateRunAsync("a/b", input, new() { Wait = TimeSpan.FromSeconds(61) }))).ShouldBe("RunOptions.Wait must be 0 to 60 seconds; got 61 s.");
        (await Refusal(() => client.CreateRunAsync("a/b", input, new() { IdempotencyKey = "a b" }))).ShouldContain("must be 1 to 255 visible ASCII characters");
        (await Refusal(() => client.RetryRunAsync(Guid.Empty, new() { ClientRef = "x" }))).ShouldContain("only Wait and IdempotencyKey");
        (await Refusal(() => client.DownloadAsync("/files/a?signature=1", Stream.Null))).ShouldContain("absolute http or https URL");
        (await Refusal(() => client.DownloadAsync("/files/a?signature=1", Stream.Null))).ShouldNotContain("signature");
        (await Refusal(() => client.UploadAsync(Stream.Null, "a.png", "png"))).ShouldContain("mimeType must be a content type such as image/jpeg; got 'png'");
        await using var unseekable = new UnseekableStream();
        (await Refusal(() => client.UploadAsync(unseekable, "a.png"))).ShouldContain("its length must be given as sizeBytes");
    }

    private static async Task<string> Refusal(Func<Task> call) => (await Should.ThrowAsync<ArgumentException>(call)).Message;

    private static IEnumerable<(string Call, string Parameter)> Required(MethodInfo method) =>
        method.GetParameters().Where(p => !p.ParameterType.IsValueType && !_optional.Contains(OptionalName(method, p))).Select(p => (method.ToString()!, p.Name!));

    // A label may be missing where a secret is created, not where it gets another.
    private static string OptionalName(MethodInfo method, ParameterInfo parameter) =>
        method.Name == nameof(KinemaClient.LabelSecretAsync) ? "required" : parameter.Name!;

    private static async Task CallAsync(KinemaClient client, MethodInfo method, string missing)
    {
        var arguments = method.GetParameters().Select(p => p.Name == missing ? null : Value(p)).ToArray();
        try
        {
            if (method.Invoke(client, arguments) is Task task)
                await task;
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private static object? Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => parameter.Name == "url" ? "http://a/b" : "a",
        var type when type == typeof(ImageToVideoInput) => new ImageToVideoInput(),
        var type when type == typeof(System.Text.Json.Nodes.JsonObject) => new System.Text.Json.Nodes.JsonObject(),
        var type when type == typeof(Stream) => Stream.Null,
        var type when type == typeof(Run) => new Run { Id = Guid.Empty, Status = RunStatus.Succeeded, Output = new() { Outputs = [new() { Url = "http://a/b" }] } },
        var type when type.IsValueType => Activator.CreateInstance(type),
        _ => null,
    };

    private sealed class NoNetwork : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            throw new HttpRequestException("There is no network here.");
        }
    }
}
