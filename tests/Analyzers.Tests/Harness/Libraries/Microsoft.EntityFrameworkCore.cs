using System;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.EntityFrameworkCore;

public class DbContext
{
    public virtual int SaveChanges() => 0;
    public virtual Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);
}

public abstract class DbSet<TEntity> : IQueryable<TEntity> where TEntity : class
{
    public Type ElementType => typeof(TEntity);
    public Expression Expression => throw new NotSupportedException();
    public IQueryProvider Provider => throw new NotSupportedException();
    public virtual void Add(TEntity entity) { }
    public virtual void Remove(TEntity entity) { }
    public virtual ValueTask<TEntity?> FindAsync(params object?[]? keyValues) => default;
    public System.Collections.Generic.IEnumerator<TEntity> GetEnumerator() => throw new NotSupportedException();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class EntityFrameworkQueryableExtensions
{
    public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken cancellationToken = default) => Task.FromResult(false);
    public static Task<TSource?> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken cancellationToken = default) => Task.FromResult<TSource?>(default);
}
