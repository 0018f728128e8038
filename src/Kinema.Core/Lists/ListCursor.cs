namespace Kinema.Core.Lists;

/// <summary>A place between two items in an order.</summary>
/// <param name="Values">The item's stored values of the sort keys: strings, longs, or null.</param>
/// <param name="Id">The item's id: a string or a long.</param>
public sealed record ListCursor(IReadOnlyList<object?> Values, object Id);
