namespace Kinema.Prompts.Languages;

/// <summary>Scripts that languages are written in.</summary>
internal enum Script
{
    None,
    Latin,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    Other,
}
