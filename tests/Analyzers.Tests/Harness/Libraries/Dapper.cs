using System.Collections.Generic;
using System.Data;
using System.Threading.Tasks;

namespace Dapper;

public static class SqlMapper
{
    public static int Execute(this IDbConnection cnn, string sql, object? param = null) => 0;
    public static Task<int> ExecuteAsync(this IDbConnection cnn, string sql, object? param = null) => Task.FromResult(0);
    public static Task<T?> ExecuteScalarAsync<T>(this IDbConnection cnn, string sql, object? param = null) => Task.FromResult<T?>(default);
    public static Task<IEnumerable<T>> QueryAsync<T>(this IDbConnection cnn, string sql, object? param = null) => Task.FromResult<IEnumerable<T>>([]);
    public static Task<T> QuerySingleAsync<T>(this IDbConnection cnn, string sql, object? param = null) => Task.FromResult<T>(default!);
}
