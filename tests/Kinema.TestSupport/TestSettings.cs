namespace Kinema.TestSupport;

public static class TestSettings
{
    /// <summary>Lets the server reach the listeners of a test.</summary>
    public static IReadOnlyList<string> OpenLoopback { get; } = ["Outbound:Media:Allow:0=127.0.0.0/8", "Outbound:Callbacks:Allow:0=127.0.0.0/8", "Server:MinFreeBytes=0"];
}
