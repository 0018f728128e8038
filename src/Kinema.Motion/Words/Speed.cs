namespace Kinema.Motion.Words;

internal enum Speed
{
    Normal,
    Slow,
    Fast,
}
