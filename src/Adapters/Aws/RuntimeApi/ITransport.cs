namespace Portable.Aws.RuntimeApi;

/// <summary>A connection's bytes; the socket in production, a script in tests.</summary>
internal interface ITransport
{
    /// <summary>Waits for bytes; 0 means that the peer has closed.</summary>
    int Receive(Span<byte> buffer);
}
