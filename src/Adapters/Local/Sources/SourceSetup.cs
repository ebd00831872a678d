using Portable.Runtime;

namespace Portable.Local;

/// <summary>What all sources of a host have in common.</summary>
/// <param name="App">The application.</param>
/// <param name="Invoker">Calls its functions.</param>
/// <param name="DefaultAttempts">How often a message is delivered at most where its function does not say.</param>
/// <param name="Concurrency">How many deliveries of one source go on at a time.</param>
/// <param name="Stopping">The host stops.</param>
internal sealed record SourceSetup(PortableApp App, FunctionInvoker Invoker, int DefaultAttempts, int Concurrency, CancellationToken Stopping);
