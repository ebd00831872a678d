// Stand-in for AWSSDK.S3 and AWSSDK.Core: signatures that rules look at.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Amazon
{
    public sealed class RegionEndpoint
    {
        public static readonly RegionEndpoint EUWest1 = new RegionEndpoint();

        public static RegionEndpoint GetBySystemName(string systemName) => EUWest1;
    }
}

namespace Amazon.Runtime
{
    public abstract class AmazonServiceClient : IDisposable
    {
        public void Dispose()
        {
        }
    }

    public abstract class AWSCredentials;

    public sealed class BasicAWSCredentials(string accessKey, string secretKey) : AWSCredentials
    {
        public string Keys => accessKey + secretKey;
    }
}

namespace Amazon.S3
{
    public interface IAmazonS3 : IDisposable
    {
        Task<Model.PutObjectResponse> PutObjectAsync(Model.PutObjectRequest request, CancellationToken cancellationToken = default);
    }

    public sealed class AmazonS3Config
    {
        public string? ServiceURL { get; set; }
    }

    public class AmazonS3Client : Runtime.AmazonServiceClient, IAmazonS3
    {
        public AmazonS3Client()
        {
        }

        public AmazonS3Client(RegionEndpoint region)
        {
        }

        public AmazonS3Client(AmazonS3Config config)
        {
        }

        public AmazonS3Client(Runtime.AWSCredentials credentials)
        {
        }

        public virtual Task<Model.PutObjectResponse> PutObjectAsync(Model.PutObjectRequest request, CancellationToken cancellationToken = default) => null!;
    }
}

namespace Amazon.S3.Model
{
    public class PutObjectRequest
    {
        public string? BucketName { get; set; }

        public string? Key { get; set; }

        public string? ContentBody { get; set; }
    }

    public class PutObjectResponse
    {
        public string? ETag { get; set; }
    }
}
