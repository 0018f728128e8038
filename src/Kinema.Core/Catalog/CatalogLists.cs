using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Catalog;

/// <summary>The lists of the catalogue.</summary>
public static class CatalogLists
{
    public static JsonList<ModelEntry> Models { get; } = List("a model", CatalogFields.OfModels, CatalogFields.BySlug, ModelPresenter.Record);

    public static JsonList<ModelCreator> Creators { get; } = List("a model creator", CatalogFields.OfCreators, CatalogFields.BySlug, ModelCreator.Record);

    public static JsonList<ModelRow<FieldManifest>> Inputs { get; } = List("an input", CatalogFields.OfInputs, CatalogFields.ByPlace, ModelFieldPresenter.Inputs);

    public static JsonList<ModelRow<OutputFieldManifest>> Outputs { get; } = List("an output", CatalogFields.OfOutputs, CatalogFields.ByPlace, ModelFieldPresenter.Outputs);

    public static JsonList<ModelRow<ExampleManifest>> Examples { get; } = List("an example", CatalogFields.OfExamples, CatalogFields.ByPlace, ModelRowPresenter.Examples);

    public static JsonList<ModelRow<PriceManifest>> Prices { get; } = List("a price", CatalogFields.OfPrices, CatalogFields.ByPlace, ModelRowPresenter.Prices);

    private static JsonList<T> List<T>(string item, IReadOnlyList<FilterField> fields, IReadOnlyList<SortKey> order, RecordWriter<T> record) =>
        new(new ListSchema { Item = item, Fields = fields, Order = order, Members = record.Names }, record);
}
