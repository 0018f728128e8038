namespace Kinema.Architecture.Tests;

/// <summary>Checks that the view detects each violation, with samples in this assembly.</summary>
public sealed class AssemblyViewTests : IDisposable
{
    private readonly AssemblyView _view = new(typeof(AssemblyViewTests).Assembly.Location);

    [Fact]
    public void It_sees_a_static_that_can_be_written() => _view.MutableStatics.ShouldContain("Kinema.Architecture.Tests.Offender.Written");

    [Fact]
    public void It_sees_a_class_left_open() => _view.OpenClasses(new HashSet<string>()).ShouldContain("Kinema.Architecture.Tests.Offender");

    [Fact]
    public void It_sees_what_is_constructed() => _view.ConstructedTypes.ShouldContain("System.Net.Http.SocketsHttpHandler");

    [Fact]
    public void It_sees_what_is_used() => _view.UsedTypes.ShouldContain("System.IO.File");

    [Fact]
    public void It_sees_which_members_are_used() => _view.UsedMembers.ShouldContain("System.IO.File.Exists");

    public void Dispose() => _view.Dispose();
}

public class Offender
{
    internal static int Written;

    internal static void Offend()
    {
        Written++;
        using var handler = new SocketsHttpHandler();
        _ = File.Exists(handler.ToString());
    }
}
