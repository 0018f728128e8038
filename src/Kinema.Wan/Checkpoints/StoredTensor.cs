namespace Kinema.Wan.Checkpoints;

/// <summary>A tensor where it lies in its file, under the name the model knows it by.</summary>
/// <param name="Name">Its Diffusers name.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Entry">Its place, type and shape there; its name there may be another.</param>
/// <param name="Scale">What an 8-bit tensor is multiplied with, one number or one for each row; null where its numbers count as they are.</param>
internal sealed record StoredTensor(string Name, SafetensorsFile File, TensorEntry Entry, StoredTensor? Scale = null);
