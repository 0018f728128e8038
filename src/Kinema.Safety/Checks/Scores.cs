using System.Globalization;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Checks;

/// <summary>The highest score of each class over several pictures.</summary>
internal sealed class Scores(ClassifierManifest manifest)
{
    public double[] Highest { get; } = new double[manifest.Classes.Count];

    public int Pictures { get; private set; }

    public void Add(double[] scores)
    {
        for (var i = 0; i < Highest.Length; i++)
            Highest[i] = Math.Max(Highest[i], scores[i]);
        Pictures++;
    }

    /// <summary>For the operator's log.</summary>
    public override string ToString() =>
        string.Join(", ", manifest.Classes.Select((known, i) => string.Create(CultureInfo.InvariantCulture, $"{known.Name} {Highest[i]:0.000}")));
}
