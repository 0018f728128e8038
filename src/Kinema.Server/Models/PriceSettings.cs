using Kinema.Core.Catalog;
using Kinema.Core.Pricing;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Models;

/// <summary>Reads the operator's prices, <c>Prices:{model}</c>: dollars for a second, in place of the manifest's.</summary>
internal static class PriceSettings
{
    public const string Name = "Prices";

    private static readonly Money _most = Money.Parse("10000");

    /// <exception cref="SettingsException">A model is unknown or ambiguous, or a price is none.</exception>
    public static ICatalog Apply(ICatalog catalog, IConfiguration configuration)
    {
        var problems = new List<string>();
        var prices = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (var (slug, setting) in ModelNames.Find(configuration.GetSection(Name), catalog, problems))
        {
            if (Money.TryParse(setting.Value, out var amount) && amount.CompareTo(_most) <= 0)
                prices.Add(slug, amount);
            else
                problems.Add($"{setting.Path} must be dollars for a second from 0 to {_most.ToShortString()}, with at most six decimals, such as 0.05; got \"{setting.Value}\"");
        }

        if (problems.Count > 0)
            throw new SettingsException(problems);
        return prices.Count == 0 ? catalog : new ManifestCatalog(catalog.Models.Select(model =>
            prices.TryGetValue(model.Slug, out var amount) ? model with { Price = model.Price with { Amount = amount } } : model));
    }
}
