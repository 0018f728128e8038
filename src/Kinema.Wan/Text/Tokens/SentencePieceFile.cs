namespace Kinema.Wan.Text.Tokens;

/// <summary>Reads <c>spiece.model</c>: the fields of SentencePiece's <c>ModelProto</c> that encoding needs.</summary>
internal static class SentencePieceFile
{
    private const int Unigram = 1;

    /// <exception cref="CheckpointException">The file is damaged, or not a Unigram model.</exception>
    public static UnigramModel Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">The name in messages.</param>
    /// <exception cref="CheckpointException">The bytes are damaged, or not a Unigram model.</exception>
    public static UnigramModel Read(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return Parse(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new CheckpointException($"{name} is not a SentencePiece model: {e.Message}.", e);
        }
    }

    private static UnigramModel Parse(ReadOnlySpan<byte> bytes)
    {
        var pieces = new List<Piece>();
        var (trainer, normaliser) = (new Trainer(), new Normaliser());
        var model = new ProtobufReader(bytes);
        while (model.Read())
        {
            switch (model.Field)
            {
                case 1: pieces.Add(ReadPiece(model.Bytes)); break;
                case 2: trainer = ReadTrainer(model.Bytes); break;
                case 3: normaliser = ReadNormaliser(model.Bytes); break;
            }
        }

        if (trainer.ModelType != Unigram)
            throw new InvalidDataException($"its model type is {trainer.ModelType}; only Unigram ({Unigram}) is supported");
        if (trainer.Unknown < 0 || trainer.Unknown >= pieces.Count || trainer.End < 0 || trainer.End >= pieces.Count)
            throw new InvalidDataException($"unknown ({trainer.Unknown}) and end ({trainer.End}) must be among its {pieces.Count} pieces");

        return new()
        {
            Pieces = pieces,
            Unknown = trainer.Unknown,
            End = trainer.End,
            ByteFallback = trainer.ByteFallback,
            Charsmap = new(normaliser.Map),
            AddDummyPrefix = normaliser.AddDummyPrefix,
            RemoveExtraSpaces = normaliser.RemoveExtraSpaces,
            EscapeSpaces = normaliser.EscapeSpaces,
        };
    }

    private static Piece ReadPiece(ReadOnlySpan<byte> message)
    {
        var piece = new Piece("", 0, PieceKind.Normal);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            piece = reader.Field switch
            {
                1 => piece with { Text = reader.Text },
                2 => piece with { Score = reader.Float },
                3 => piece with { Kind = (PieceKind)reader.Number },
                _ => piece,
            };
        }

        return piece;
    }

    private static Trainer ReadTrainer(ReadOnlySpan<byte> message)
    {
        var trainer = new Trainer();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            trainer = reader.Field switch
            {
                3 => trainer with { ModelType = (int)reader.Number },
                35 => trainer with { ByteFallback = reader.Flag },
                40 => trainer with { Unknown = (int)reader.Number },
                42 => trainer with { End = (int)reader.Number },
                _ => trainer,
            };
        }

        return trainer;
    }

    private static Normaliser ReadNormaliser(ReadOnlySpan<byte> message)
    {
        var normaliser = new Normaliser();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            normaliser = reader.Field switch
            {
                2 => normaliser with { Map = reader.Bytes.ToArray() },
                3 => normaliser with { AddDummyPrefix = reader.Flag },
                4 => normaliser with { RemoveExtraSpaces = reader.Flag },
                5 => normaliser with { EscapeSpaces = reader.Flag },
                _ => normaliser,
            };
        }

        return normaliser;
    }

    private sealed record Trainer(int ModelType = Unigram, bool ByteFallback = false, int Unknown = 0, int End = 2);

    private sealed record Normaliser
    {
        public byte[] Map { get; init; } = [];

        public bool AddDummyPrefix { get; init; } = true;

        public bool RemoveExtraSpaces { get; init; } = true;

        public bool EscapeSpaces { get; init; } = true;
    }
}
