namespace Kinema.Core.Catalog;

/// <summary>The machine-readable kinds of <see cref="FieldError"/>.</summary>
public static class FieldErrorTypes
{
    /// <summary>A required field is absent or null, or none of a group was given.</summary>
    public const string Missing = "missing";

    /// <summary>A value of another JSON type, or a number with a fraction where an integer belongs.</summary>
    public const string Type = "type_error";

    /// <summary>A value of the right type that is not allowed, for a reason that has no kind of its own.</summary>
    public const string Value = "value_error";

    /// <summary>An integer outside its limits.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A string that is not one of the allowed values.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>Text or metadata beyond its limit.</summary>
    public const string TooLong = "too_long";

    /// <summary>Text that cannot be stored: half of a surrogate pair, or a NUL.</summary>
    public const string InvalidText = "invalid_text";

    /// <summary>Not an http or https URL, a data URI or an asset reference.</summary>
    public const string InvalidUrl = "invalid_url";

    /// <summary>A name the model does not have.</summary>
    public const string UnknownField = "unknown_field";

    /// <summary>The same name twice.</summary>
    public const string DuplicateField = "duplicate_field";

    /// <summary>Fields that exclude each other.</summary>
    public const string NotTogether = "not_together";

    /// <summary>The engine bound here cannot do it.</summary>
    public const string NotServed = "not_served";

    /// <summary>An asset that does not exist, is not confirmed, or belongs to someone else.</summary>
    public const string AssetNotFound = "asset_not_found";

    /// <summary>An address that cannot be reached; forbidden ones are worded the same.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Inline media of a wrong type or shape.</summary>
    public const string MediaInvalid = "media_invalid";

    /// <summary>Inline media of too many bytes or pixels.</summary>
    public const string MediaTooLarge = "media_too_large";

    /// <summary>Refused by the operator's safety checker.</summary>
    public const string ContentRejected = "content_rejected";
}
