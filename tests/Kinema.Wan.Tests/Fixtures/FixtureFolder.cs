namespace Kinema.Wan.Tests.Fixtures;

/// <summary>
/// The folder of the reference's numbers: <c>KINEMA_WAN_FIXTURES</c>, else <c>../shared/golden</c> beside the repository, else the small committed set.
/// Names, shapes and cases come from its contents; no checkpoint is known by name.
/// </summary>
internal static class FixtureFolder
{
    public const string Variable = "KINEMA_WAN_FIXTURES";

    /// <summary>Where the repository is; first, since the next is found from it.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The root with <c>checkpoints/</c>, <c>expected/</c> and <c>tokenizer/</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>
    /// Names of the folders of <c>expected/</c> that have a file of this name, for example every checkpoint with <c>vae_encode.safetensors</c>.
    /// An empty list is skipped: <c>[Theory(SkipTestWithoutData = true)]</c>.
    /// </summary>
    public static TheoryData<string> With(string fileName) =>
        [.. Folders("expected").Where(f => File.Exists(Path.Combine(f, fileName))).Select(f => Path.GetFileName(f)!)];

    /// <summary>Paths below <c>expected/</c>, without extension, of the files whose names match: <c>tiny-wan2.1-flf2v/pipeline_no_cfg</c>.</summary>
    public static TheoryData<string> Matching(string pattern) =>
        [.. Folders("expected").SelectMany(f => Directory.EnumerateFiles(f, pattern).Select(p => $"{Path.GetFileName(f)}/{Path.GetFileNameWithoutExtension(p)}")).Order(StringComparer.Ordinal)];

    /// <summary>Names of the checkpoints that have this part, for example <c>transformer_2</c>.</summary>
    public static TheoryData<string> CheckpointsWith(string part) =>
        [.. Folders("checkpoints").Where(f => Directory.Exists(Path.Combine(f, part))).Select(f => Path.GetFileName(f)!)];

    /// <summary>The folder of a checkpoint, or of a part of it.</summary>
    public static string Checkpoint(string name, string part = "") => Path.Combine(Root, "checkpoints", name, part);

    /// <summary>Opens <c>expected/{path}.safetensors</c>.</summary>
    public static TensorFile Expected(string path) => TensorFile.Open(Path.Combine(Root, "expected", path + ".safetensors"));

    /// <summary>Whether there is <c>expected/{path}.safetensors</c>.</summary>
    public static bool HasExpected(string path) => File.Exists(Path.Combine(Root, "expected", path + ".safetensors"));

    /// <summary>Every file of expected numbers.</summary>
    public static IEnumerable<string> ExpectedFiles => Folders("expected").SelectMany(f => Directory.EnumerateFiles(f, "*.safetensors"));

    public static string Committed => Path.Combine(Repository, "tests", "Kinema.Wan.Tests", "Fixtures", "tiny");

    private static IEnumerable<string> Folders(string kind) => Directory.Exists(Path.Combine(Root, kind))
        ? Directory.EnumerateDirectories(Path.Combine(Root, kind)).Order(StringComparer.Ordinal)
        : [];

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(Path.Combine(named, "expected"))
                ? Path.GetFullPath(named)
                : throw new InvalidOperationException($"{Variable} names {named}, which has no folder \"expected\".");
        }

        var beside = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "golden"));
        return Directory.Exists(Path.Combine(beside, "expected")) ? beside : Committed;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kinema.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
