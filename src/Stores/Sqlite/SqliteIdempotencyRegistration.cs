using Portable.Idempotency;

namespace Portable;

/// <summary>Says in a startup class that idempotent functions remember their work in a SQLite file.</summary>
public static class SqliteIdempotencyRegistration
{
    /// <summary>Remembers in a file, for all processes of this machine.</summary>
    /// <param name="app">The application.</param>
    /// <param name="file">The file; it is made when there is none.</param>
    public static IPortableBuilder UseSqliteIdempotency(this IPortableBuilder app, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return app.UseIdempotencyStore(_ => new SqliteIdempotencyStore(file));
    }
}
