// Stand-in for Azure.Storage.Blobs and Azure.Core: signatures that rules look at.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Azure
{
    public abstract class Response
    {
        public abstract int Status { get; }
    }

    public abstract class Response<T>
    {
        public abstract T Value { get; }
    }
}

namespace Azure.Storage.Blobs
{
    public class BlobServiceClient
    {
        public BlobServiceClient(string connectionString)
        {
        }

        public BlobServiceClient(Uri serviceUri, object? options = null)
        {
        }

        public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName) => null!;
    }

    public class BlobContainerClient
    {
        public BlobContainerClient(string connectionString, string blobContainerName)
        {
        }

        public virtual BlobClient GetBlobClient(string blobName) => null!;

        public virtual Response<object> CreateIfNotExists(CancellationToken cancellationToken = default) => null!;

        public virtual Task<Response<object>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) => null!;
    }

    public class BlobClient
    {
        public BlobClient(Uri blobUri)
        {
        }

        public virtual Response<object> Upload(System.IO.Stream content) => null!;

        public virtual Task<Response<object>> UploadAsync(System.IO.Stream content, bool overwrite = false, CancellationToken cancellationToken = default) => null!;
    }
}
