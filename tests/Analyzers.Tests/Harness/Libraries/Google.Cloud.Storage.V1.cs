// Stand-in for Google.Cloud.Storage.V1: signatures that rules look at.
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Google.Cloud.Storage.V1
{
    public abstract class StorageClient
    {
        public static StorageClient Create() => null!;

        public static Task<StorageClient> CreateAsync() => null!;

        public virtual object UploadObject(string bucket, string objectName, string contentType, Stream source) => null!;

        public virtual Task<object> UploadObjectAsync(string bucket, string objectName, string contentType, Stream source, CancellationToken cancellationToken = default) => null!;
    }

    public sealed class StorageClientBuilder
    {
        public string? JsonCredentials { get; set; }

        public StorageClient Build() => null!;
    }
}
