namespace Kinema.Architecture.Tests;

public sealed class DependencyTests
{
    /// <summary>Allowed dependencies between projects. A new dependency is added here first, with its reason in the same change.</summary>
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Kinema.Engines"] = [],
        ["Kinema.Client"] = [],
        ["Kinema.Core"] = ["Kinema.Engines"],
        ["Kinema.Media"] = ["Kinema.Engines"],
        ["Kinema.Motion"] = ["Kinema.Engines"],
        ["Kinema.Outbound"] = ["Kinema.Core"],
        ["Kinema.Pages"] = ["Kinema.Core"],
        ["Kinema.Playground"] = ["Kinema.Core", "Kinema.Pages"],
        // Servers of the operator are reached through the guard, and get pictures of the exact size.
        ["Kinema.Fleets"] = ["Kinema.Core", "Kinema.Engines", "Kinema.Media", "Kinema.Outbound"],
        // What a task costs and whose it is, is kept where all money is; providers are reached through the guard.
        ["Kinema.Hosted"] = ["Kinema.Core", "Kinema.Engines", "Kinema.Outbound"],
        // It decodes what it judges with the product's own readers.
        ["Kinema.Safety"] = ["Kinema.Core", "Kinema.Engines", "Kinema.Media"],
        // Motion reads what a prompt asks of the camera: an expansion must not change it.
        ["Kinema.Prompts"] = ["Kinema.Core", "Kinema.Engines", "Kinema.Media", "Kinema.Motion", "Kinema.Outbound"],
        ["Kinema.Storage"] = ["Kinema.Core"],
        ["Kinema.Telemetry"] = ["Kinema.Core", "Kinema.Outbound"],
        ["Kinema.Worker"] = ["Kinema.Core", "Kinema.Engines", "Kinema.Media", "Kinema.Outbound"],
        ["Kinema.Server"] =
        [
            "Kinema.Core", "Kinema.Engines", "Kinema.Fleets", "Kinema.Hosted", "Kinema.Media", "Kinema.Motion", "Kinema.Outbound", "Kinema.Pages", "Kinema.Playground",
            "Kinema.Prompts", "Kinema.Safety", "Kinema.Storage", "Kinema.Telemetry", "Kinema.Worker",
        ],
        ["Kinema.Worker.Http"] = ["Kinema.Worker"],
        // A library of its own: no server, no engine contract.
        ["Kinema.Wan"] = [],
        ["Kinema.Wan.Engine"] = ["Kinema.Engines", "Kinema.Media", "Kinema.Wan"],
        // A program of its own: libtorch never enters the server.
        ["Kinema.Wan.Worker"] = ["Kinema.Media", "Kinema.Wan.Engine", "Kinema.Worker.Http"],
        // Contact sheets need no server, nor does a classifier to be installed.
        ["Kinema.Cli"] = ["Kinema.Client", "Kinema.Media", "Kinema.Motion", "Kinema.Safety", "Kinema.Server", "Kinema.Worker.Http"],
    };

    public static TheoryData<string> Projects => [.. House.Projects.Keys.Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_needs_only_what_the_house_allows_it(string project) =>
        House.Projects[project].Except(_allowed[project]).ShouldBeEmpty($"{project} must not need these");

    [Fact]
    public void Every_project_of_the_picture_exists() => House.Projects.Keys.ShouldBe(_allowed.Keys, ignoreOrder: true);

    [Fact]
    public void Every_library_was_looked_at() =>
        House.Assemblies.Select(Path.GetFileNameWithoutExtension).ShouldBe(House.Projects.Keys.Where(p => p is not ("Kinema.Cli" or "Kinema.Wan.Worker")), ignoreOrder: true);

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.IO.FileInfo")]
    [InlineData("System.IO.FileStream")]
    [InlineData("System.IO.Directory")]
    [InlineData("System.IO.DirectoryInfo")]
    [InlineData("System.IO.DriveInfo")]
    [InlineData("System.Net.Http.")]
    [InlineData("System.Net.Sockets.")]
    [InlineData("System.Net.Dns")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Console")]
    [InlineData("System.Data.")]
    [InlineData("Microsoft.Data.")]
    [InlineData("Microsoft.AspNetCore.")]
    public void Core_does_no_input_and_output(string forbidden) => Uses("Kinema.Core", forbidden).ShouldBeEmpty();

    [Theory]
    [InlineData("Kinema.Engines")]
    [InlineData("Kinema.Motion")]
    [InlineData("Kinema.Wan.Engine")]
    public void An_engine_knows_neither_the_network_nor_a_database_nor_the_web(string engine)
    {
        foreach (var forbidden in new[] { "System.Net.", "System.Data.", "Microsoft.Data.", "Microsoft.AspNetCore.", "Kinema.Core." })
            Uses(engine, forbidden).ShouldBeEmpty();
    }

    [Fact]
    public void Only_storage_knows_the_database() =>
        House.Assemblies.Where(path => UsesOf(path, "Microsoft.Data.").Count + UsesOf(path, "Dapper.").Count > 0).Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(["Kinema.Storage"]);

    [Theory]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Net.Http.SocketsHttpHandler")]
    [InlineData("System.Net.Http.HttpClientHandler")]
    [InlineData("System.Net.Sockets.Socket")]
    [InlineData("System.Net.Sockets.TcpClient")]
    public void Only_the_guard_opens_outgoing_connections(string opener)
    {
        var openers = House.Assemblies.Where(path => View(path, view => view.ConstructedTypes.Contains(opener))).Select(Path.GetFileNameWithoutExtension);

        // A worker connects to the one server that its operator named.
        openers.ShouldBeSubsetOf(["Kinema.Outbound", "Kinema.Worker.Http"]);
    }

    private static List<string> Uses(string assembly, string prefix) =>
        UsesOf(House.Assemblies.Single(path => Path.GetFileNameWithoutExtension(path) == assembly), prefix);

    // A prefix that ends in a dot is a namespace, another one a type.
    private static List<string> UsesOf(string path, string prefix) => View(
        path, view => view.UsedTypes.Where(name => prefix.EndsWith('.') ? name.StartsWith(prefix, StringComparison.Ordinal) : name == prefix).Distinct().ToList());

    private static T View<T>(string path, Func<AssemblyView, T> look)
    {
        using var view = new AssemblyView(path);
        return look(view);
    }
}
