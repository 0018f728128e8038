using System.Globalization;
using Kinema.Cli;
using Kinema.Cli.Output;

namespace Kinema.Wan.Worker.Options;

/// <summary>Reads <c>FILE[:STRENGTH]</c>. A name with <c>high</c> or <c>low</c> noise in it is for that expert.</summary>
internal static class LoraArgument
{
    private const double Largest = 10;

    /// <exception cref="CommandFailure">There is no such file, or the strength is no number.</exception>
    public static LoraFile Parse(string text, Terminal terminal)
    {
        var colon = text.LastIndexOf(':');
        var hasStrength = colon > 0 && !File.Exists(terminal.Resolve(text));
        var path = terminal.Resolve(hasStrength ? text[..colon] : text);
        if (!File.Exists(path))
            throw new CommandFailure(ExitCodes.NotFound, $"--lora: there is no file {terminal.Shorten(path)}.");

        return new(path, hasStrength ? Strength(text[(colon + 1)..]) : 1, ExpertsOf(Path.GetFileName(path)));
    }

    private static double Strength(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var strength) && Math.Abs(strength) <= Largest
            ? strength
            : throw new CommandFailure(ExitCodes.Usage, $"--lora: the strength must be a number from -{Largest} to {Largest}; got '{text}'.");

    private static LoraExperts ExpertsOf(string name) => (Has(name, "high"), Has(name, "low")) switch
    {
        (true, false) => LoraExperts.HighNoise,
        (false, true) => LoraExperts.LowNoise,
        _ => LoraExperts.Both,
    };

    private static bool Has(string name, string level) =>
        name.Contains($"{level}_noise", StringComparison.OrdinalIgnoreCase) || name.Contains($"{level}noise", StringComparison.OrdinalIgnoreCase);
}
