namespace Kinema.Playground.Models;

/// <summary>A number of a wide range, or one that may be left out; a seed can be drawn.</summary>
public sealed partial class NumberField;
