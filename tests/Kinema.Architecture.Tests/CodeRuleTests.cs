namespace Kinema.Architecture.Tests;

public sealed class CodeRuleTests
{
    private const int LongestFile = 400;
    private const int UsualFile = 100;

    private static readonly string[] _emptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities"];
    private static readonly string[] _operators = ["op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "op_Modulus"];

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var lengths = House.SourceFiles.Select(path => (Path: path, Lines: House.ReadLines(path).Length)).ToList();
        var aboveUsual = lengths.Where(f => f.Lines > UsualFile).OrderByDescending(f => f.Lines).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{aboveUsual.Count} of {lengths.Count} files are longer than {UsualFile} lines:");
        foreach (var file in aboveUsual)
            TestContext.Current.TestOutputHelper?.WriteLine($"{file.Lines,5}  {file.Path}");

        lengths.Count.ShouldBeGreaterThan(100);
        lengths.Where(f => f.Lines > LongestFile).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_static_can_be_written() => ForEachAssembly(view => view.MutableStatics).ShouldBeEmpty();

    [Fact]
    public void A_class_that_nothing_derives_from_is_sealed()
    {
        var bases = ForEachAssembly(view => view.BaseTypes).ToHashSet();

        ForEachAssembly(view => view.OpenClasses(bases)).ShouldBeEmpty();
    }

    [Fact]
    public void No_type_is_named_for_nothing_in_particular() =>
        ForEachAssembly(view => view.Types.Select(t => t.Name))
            .Where(name => _emptyWords.Any(word => name.Split('.', '+', '`')[^1].EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("#reg" + "ion")]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("HA" + "CK:")]
    public void No_source_file_leaves_something_for_later(string word) =>
        House.SourceFiles
            .Where(path => House.ReadLines(path).Any(line => line.Contains(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    /// <summary>
    /// TorchSharp makes numbers in them that it does not keep alive. The banned symbols of Kinema.Wan forbid them too, but x += y is not seen there.
    /// </summary>
    [Fact]
    public void No_library_computes_with_the_operators_of_TorchSharp() =>
        ForEachAssembly(view => view.UsedMembers.Where(IsArithmetic).Select(member => $"{view.Name}: {member}")).ShouldBeEmpty();

    [Fact]
    public void Types_are_internal_unless_another_project_calls_them()
    {
        var types = ForEachAssembly(view => view.Types.Select(t => (view.Name, t.IsPublic)));

        foreach (var group in types.GroupBy(t => t.Name))
            TestContext.Current.TestOutputHelper?.WriteLine($"{group.Key}: {group.Count(t => t.IsPublic)} public of {group.Count()}");

        // These are composed by the server through one extension method, options and a few seams; the rest is theirs.
        foreach (var library in new[] { "Kinema.Motion", "Kinema.Storage", "Kinema.Outbound", "Kinema.Worker", "Kinema.Server" })
            types.Count(t => t.Name == library && t.IsPublic).ShouldBeLessThanOrEqualTo(types.Count(t => t.Name == library && !t.IsPublic), library);
    }

    private static bool IsArithmetic(string member) =>
        _operators.Any(name => member == $"TorchSharp.torch+Tensor.{name}");

    private static List<T> ForEachAssembly<T>(Func<AssemblyView, IEnumerable<T>> look)
    {
        var found = new List<T>();
        foreach (var path in House.Assemblies)
        {
            using var view = new AssemblyView(path);
            found.AddRange(look(view));
        }

        return found;
    }
}
