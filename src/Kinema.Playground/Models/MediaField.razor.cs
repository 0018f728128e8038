using Kinema.Core.Catalog;

namespace Kinema.Playground.Models;

/// <summary>A picture, a clip or a sound: from a file or by its URL. The module shows it, checks it and uploads it.</summary>
public sealed partial class MediaField
{
    private string Thing => Field.Type switch
    {
        FieldType.Image => "a picture",
        FieldType.Video => "a clip",
        _ => "a sound",
    };
}
