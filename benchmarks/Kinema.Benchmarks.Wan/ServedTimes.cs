using System.Text.Json.Nodes;

namespace Kinema.Benchmarks.Wan;

/// <summary>Times from the order of a video, and its record if a server made it.</summary>
internal sealed record ServedTimes(TimeSpan FirstStep, TimeSpan Whole, JsonObject Record);
