namespace Kinema.Wan.Pipelines;

/// <summary>Says what a folder without the expected files was taken for.</summary>
internal static class FolderLayout
{
    private static readonly string[] _diffusers = ["transformer", "transformer_2", "vae", "text_encoder", "image_encoder", "tokenizer", "scheduler"];

    /// <summary>Returns what a folder without <c>model_index.json</c> was taken for, and what it may be instead; null without a folder.</summary>
    public static string? Describe(string? folder)
    {
        if (folder is null)
            return null;

        var taken = $"{folder} has no model_index.json, so it was taken for a folder of single files, as ComfyUI keeps them.";
        var found = _diffusers.Where(name => Directory.Exists(Path.Combine(folder, name))).ToList();
        if (found.Count > 0)
            return $"{taken} Its subfolders {string.Join(", ", found)} are those of the Diffusers layout: download the whole repository, with model_index.json.";

        return File.Exists(Path.Combine(folder, "config.json"))
            ? $"{taken} Its config.json is that of one component of the Diffusers layout: name the folder above it."
            : taken;
    }
}
