namespace Xabe.FFmpeg;

public interface IConversion
{
    System.Threading.Tasks.Task<object> Start(System.Threading.CancellationToken cancellationToken);
}
