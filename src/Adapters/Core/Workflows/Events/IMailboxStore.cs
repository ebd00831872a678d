namespace Portable.Runtime;

/// <summary>A mailbox as it is stored.</summary>
/// <param name="Json">Its content.</param>
/// <param name="Version">What the store knows this content by; opaque.</param>
public readonly record struct StoredMailbox(string Json, string Version);

/// <summary>
/// Keeps the mailboxes of workflow events: small documents that change only when they are still what the writer has read. Any store with
/// conditional writes can do it.
/// </summary>
public interface IMailboxStore
{
    /// <summary>Reads a mailbox; <see langword="null"/> when there is none.</summary>
    ValueTask<StoredMailbox?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a mailbox if it is still at a version.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="json">Its new content.</param>
    /// <param name="expectedVersion">The version that was read; <see langword="null"/> when there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was written; <see langword="false"/> when somebody else was faster.</returns>
    ValueTask<bool> WriteAsync(string key, string json, string? expectedVersion, CancellationToken cancellationToken);
}
