using System;
using System.Threading.Tasks;

namespace StackExchange.Redis;

public interface IDatabaseAsync
{
    Task<long> StringIncrementAsync(string key, long value = 1);
    Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null);
    Task<string?> StringGetAsync(string key);
    Task<long> ListLeftPushAsync(string key, string value);
    Task<bool> SetAddAsync(string key, string value);
}
