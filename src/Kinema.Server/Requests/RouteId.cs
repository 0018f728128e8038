using Kinema.Core.Catalog;

namespace Kinema.Server.Requests;

/// <summary>An id in a path. Text that is no UUID is the id of nothing, so its record is not found like any other that does not exist.</summary>
internal readonly record struct RouteId(Guid Value, string Text)
{
    public static implicit operator Guid(RouteId id) => id.Value;

    public static implicit operator RouteId(Guid id) => new(id, id.ToString());

    public static bool TryParse(string text, out RouteId id)
    {
        id = Guid.TryParseExact(text, "D", out var value) ? value : new RouteId(Guid.Empty, ReceivedValue.Shorten(text));
        return true;
    }

    public override string ToString() => Text;
}
