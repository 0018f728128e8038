namespace Kinema.Media.Images.Jpeg;

/// <summary>Goes over the entropy-coded blocks of one kind of scan.</summary>
internal interface IScanBlocks
{
    /// <summary>Forgets what does not outlast a restart marker.</summary>
    void Restart();

    /// <summary>Goes over one MCU; false for an invalid code.</summary>
    bool TryMcu(ref EntropyReader reader, long mcu);
}
