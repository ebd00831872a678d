namespace Portable.Analyzers.Handlers;

/// <summary>What a call does outside the process.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Again">Whether doing it twice leaves the same behind as doing it once, as far as its name tells.</param>
internal readonly record struct Effect(ExternalCallKind Kind, bool Again);
