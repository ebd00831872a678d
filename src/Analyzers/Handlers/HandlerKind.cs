namespace Portable.Analyzers.Handlers;

/// <summary>What a method of a handler class is.</summary>
internal enum HandlerKind
{
    /// <summary>A member that functions and steps of its class may call: helpers, properties, constructors.</summary>
    Helper,

    /// <summary>A method with <c>[Function]</c>.</summary>
    Function,

    /// <summary>A method with <c>[Step]</c>.</summary>
    Step,

    /// <summary>A method with <c>[Workflow]</c>: it runs in an engine and not in a function, and has rules of its own.</summary>
    Workflow,
}
