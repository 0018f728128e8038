namespace Kinema.Motion.Prompts;

internal enum Speed
{
    Normal,
    Slow,
    Fast,
}
