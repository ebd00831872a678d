// Stand-in for StackExchange.Redis: signatures that rules look at.
using System;
using System.Threading.Tasks;

namespace StackExchange.Redis
{
    public interface IDatabase
    {
        Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null);
    }

    public interface IConnectionMultiplexer : IDisposable
    {
        IDatabase GetDatabase(int db = -1);
    }

    public sealed class ConnectionMultiplexer : IConnectionMultiplexer
    {
        public static ConnectionMultiplexer Connect(string configuration) => null!;

        public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => null!;

        public IDatabase GetDatabase(int db = -1) => null!;

        public void Dispose()
        {
        }
    }
}
