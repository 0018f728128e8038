using Kinema.Core.Catalog;

namespace Kinema.Playground.Models;

/// <summary>A text, with its length; a prompt also has the camera moves.</summary>
public sealed partial class TextField
{
    private int Rows => Field.Meaning == FieldMeaning.Prompt ? 4 : 2;
}
