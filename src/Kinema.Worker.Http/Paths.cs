using System.Globalization;
using Kinema.Core.Runs;

namespace Kinema.Worker.Http;

/// <summary>Paths of the protocol, below its root.</summary>
internal static class Paths
{
    public static string Attempt(AttemptRef attempt, string rest) => string.Create(CultureInfo.InvariantCulture, $"/attempts/{attempt.RunId}/{attempt.Fence}/{rest}");
}
