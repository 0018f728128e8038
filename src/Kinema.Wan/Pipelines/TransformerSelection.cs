using Kinema.Wan.Checkpoints.Naming;

namespace Kinema.Wan.Pipelines;

/// <summary>The selected transformer file, or both: by given path, else by the files' tensors, and for the noise levels by the files' names.</summary>
/// <param name="High">The only transformer, or the high-noise one.</param>
/// <param name="Low">The low-noise transformer; null for families with one.</param>
internal sealed record TransformerSelection(TransformerFile High, TransformerFile? Low)
{
    /// <exception cref="CheckpointException">A transformer is missing, or several files match; the message lists them.</exception>
    public static TransformerSelection Select(WanFiles files, FileSearch search)
    {
        var high = files.Transformer is { } path ? TransformerFile.Read(path) : null;
        var low = files.LowNoiseTransformer is { } lowPath ? TransformerFile.Read(lowPath) : null;
        if (high is not null && (high.Family != WanFamily.Wan22ImageToVideo || low is not null))
            return Validated(high, low);

        var rejected = new List<string>(search.Remarks);
        var found = ReadAll(search, rejected)
            .Where(file => (high ?? low) is null || file.Family == WanFamily.Wan22ImageToVideo)
            .ToList();
        if (high is null && low is null && found.Select(file => file.Family).Distinct().Count() > 1)
            throw Several(found, "transformers of different models", nameof(WanFiles.Transformer));

        if (high is null && low is null && found.All(file => file.Family != WanFamily.Wan22ImageToVideo))
            return new(Only(found, "transformer of an image-to-video model", nameof(WanFiles.Transformer), rejected, files), null);

        rejected.AddRange(found.Where(file => file.IsForHighNoise is null).Select(file => $"The name of {file.Path} contains neither high nor low."));
        return Validated(
            high ?? Only([.. found.Where(file => file.IsForHighNoise == true)], "transformer for high noise", nameof(WanFiles.Transformer), rejected, files),
            low ?? Only([.. found.Where(file => file.IsForHighNoise == false)], "transformer for low noise", nameof(WanFiles.LowNoiseTransformer), rejected, files));
    }

    private static List<TransformerFile> ReadAll(FileSearch search, List<string> rejected)
    {
        var read = new List<TransformerFile>();
        foreach (var path in search.Of(ModelKind.Transformer))
        {
            try
            {
                read.Add(TransformerFile.Read(path));
            }
            catch (CheckpointException e)
            {
                rejected.Add(e.Message);
            }
        }

        return read;
    }

    private static TransformerFile Only(
        IReadOnlyList<TransformerFile> found, string what, string property, IReadOnlyList<string> rejected, WanFiles files) => found switch
        {
            [var only] => only,
            [] => throw new CheckpointException(string.Join(
                '\n', [$"{files.Folder ?? nameof(WanFiles)} lacks a {what}; {nameof(WanFiles)}.{property} can name one.", .. rejected])),
            _ => throw Several(found, $"files that could be the {what}", property),
        };

    private static CheckpointException Several(IEnumerable<TransformerFile> found, string what, string property) =>
        new($"There are several {what}: {string.Join(", ", found.Select(file => file.Path))}. Name one with {nameof(WanFiles)}.{property}.");

    private static TransformerSelection Validated(TransformerFile high, TransformerFile? low)
    {
        if (low is null)
            return new(high, null);
        if (high.Family != WanFamily.Wan22ImageToVideo || low.Family != WanFamily.Wan22ImageToVideo)
            throw new CheckpointException($"{low.Path} cannot be a second transformer to {high.Path}: only Wan 2.2 I2V-A14B has two ({high.Family}, {low.Family}).");

        return Path.GetFullPath(high.Path) == Path.GetFullPath(low.Path)
            ? throw new CheckpointException($"{high.Path} is named for high noise and for low noise; these are two files.")
            : new(high, low);
    }
}
