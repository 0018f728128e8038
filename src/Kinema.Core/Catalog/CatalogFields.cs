using Kinema.Core.Lists;

namespace Kinema.Core.Catalog;

/// <summary>The fields that models, their rows and their creators can be filtered and sorted by.</summary>
internal static class CatalogFields
{
    public const string Active = "active";
    public const string Disabled = "disabled";
    public const string Available = "available";
    public const string Unavailable = "unavailable";

    private static readonly FilterField _id = new("id", FilterValueKind.Id);
    private static readonly FilterField _modelId = new("model_id", FilterValueKind.Id);
    private static readonly FilterField _order = new("sort_order", FilterValueKind.Integer, IsSortable: true);
    private static readonly FilterField _slug = Text("slug");
    private static readonly FilterField _createdAt = new("created_at", FilterValueKind.Time, IsSortable: true);
    private static readonly FilterField _updatedAt = new("updated_at", FilterValueKind.Time, IsSortable: true);

    public static IReadOnlyList<SortKey> BySlug { get; } = [new(_slug, Descending: false)];

    public static IReadOnlyList<SortKey> ByPlace { get; } = [new(_order, Descending: false)];

    public static IReadOnlyList<FilterField> OfModels { get; } =
    [
        _id, _slug, Text("name"), Text("provider"), Text("category_code"), Text("license_code"), Text("max_resolution"),
        new("status_code", FilterValueKind.Choice, [Active, Disabled], IsSortable: true),
        new("availability_status", FilterValueKind.Choice, [Available, Unavailable], IsSortable: true),
        new("version", FilterValueKind.Integer, IsSortable: true),
        new("is_public", FilterValueKind.Flag),
        new("model_creator_id", FilterValueKind.Id),
        _createdAt,
        _updatedAt,
    ];

    public static IReadOnlyList<FilterField> OfInputs { get; } =
    [
        _id, _modelId, Text("name"), Text("variable_type_code"), Text("validator_code"),
        new("is_required", FilterValueKind.Flag), new("is_featured", FilterValueKind.Flag), _order, _createdAt, _updatedAt,
    ];

    public static IReadOnlyList<FilterField> OfOutputs { get; } = [_id, _modelId, Text("name"), Text("variable_type_code"), _order];

    public static IReadOnlyList<FilterField> OfExamples { get; } = [_id, _modelId, Text("title"), Text("category_code"), new("is_featured", FilterValueKind.Flag), _order];

    public static IReadOnlyList<FilterField> OfPrices { get; } =
        [_id, _modelId, Text("unit_code"), Text("currency_code"), new("price", FilterValueKind.Amount, IsSortable: true), _order, _createdAt, _updatedAt];

    public static IReadOnlyList<FilterField> OfCreators { get; } = [_id, _slug, Text("display_name"), _createdAt, _updatedAt];

    private static FilterField Text(string name) => new(name, FilterValueKind.Text, IsSortable: true);
}
