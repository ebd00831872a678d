// Stand-in for MongoDB.Driver: signatures that rules look at.
using System.Threading;
using System.Threading.Tasks;

namespace MongoDB.Driver
{
    public interface IMongoClient
    {
        IMongoDatabase GetDatabase(string name);
    }

    public interface IMongoDatabase
    {
        IMongoCollection<T> GetCollection<T>(string name);
    }

    public interface IMongoCollection<T>
    {
        Task InsertOneAsync(T document, object? options = null, CancellationToken cancellationToken = default);
    }

    public class MongoClient : IMongoClient
    {
        public MongoClient(string connectionString)
        {
        }

        public IMongoDatabase GetDatabase(string name) => null!;
    }
}
