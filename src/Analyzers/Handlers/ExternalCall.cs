using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>A call to the world outside the process.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="What">The call as messages name it: <c>HttpClient.PostAsync</c>.</param>
/// <param name="Operation">The call itself, in whatever body it stands.</param>
/// <param name="At">The node of the body that was asked about: the call, or the call through which it is reached.</param>
internal sealed record ExternalCall(ExternalCallKind Kind, string What, IInvocationOperation Operation, SyntaxNode At)
{
    /// <summary>Whether the call changes something outside.</summary>
    public bool HasSideEffect => Kind != ExternalCallKind.Read;

    /// <summary>Whether it is made in the asked body itself.</summary>
    public bool IsDirect => ReferenceEquals(Operation.Syntax, At);
}
