namespace Portable.Workflows.Tests.Differential;

/// <summary>Parts of the language that random workflows may use, beyond locals, steps, <c>if</c> and <c>return</c>.</summary>
[Flags]
internal enum Features : long
{
    None = 0,
    Try = 1 << 0,
    Retry = 1 << 1,
    Reassign = 1 << 2,
    Loops = 1 << 3,
    Jumps = 1 << 4,
    Switch = 1 << 5,
    When = 1 << 6,
    Finally = 1 << 7,
    Throw = 1 << 8,
    Conditional = 1 << 9,
    Arithmetic = 1 << 10,
    Interpolation = 1 << 11,
    Lists = 1 << 12,
    With = 1 << 13,
    Parallel = 1 << 14,
    Map = 1 << 15,
    TryMap = 1 << 16,
    Bodies = 1 << 17,
    Delay = 1 << 18,
    Event = 1 << 19,
    Child = 1 << 20,
    Saga = 1 << 21,
    Lifted = 1 << 22,
    Defects = 1 << 23,
    Timeout = 1 << 24,

    /// <summary>Members that the JSON of inputs, results and events lacks.</summary>
    Missing = 1 << 25,
    Publish = 1 << 26,

    /// <summary>Times, identifiers and the run's own: their values are the engine's, what follows from them is not.</summary>
    Given = 1 << 27,

    /// <summary>Keys by which steps recognise a call that is repeated.</summary>
    Keys = 1 << 28,

    /// <summary>Enums and records within records.</summary>
    Shapes = 1 << 29,

    /// <summary>Own functions: local ones, methods that take the workflow, and such that only compute.</summary>
    Functions = 1 << 30,

    /// <summary>Filters of failures that engines cannot compute, some of which throw.</summary>
    Filters = 1L << 31,

    /// <summary>What expressions set: <c>out</c> variables.</summary>
    Outs = 1L << 32,

    /// <summary>Tuples, and whatever is taken apart.</summary>
    Tuples = 1L << 33,

    /// <summary>Patterns of lists, positions, properties and tuples.</summary>
    Patterns = 1L << 34,

    /// <summary>Failures that are kept for later.</summary>
    Kept = 1L << 35,

    /// <summary>Times to wait that come from payloads.</summary>
    Spans = 1L << 36,

    /// <summary>Statements in order, and everything that decides between them.</summary>
    Control = Try | Retry | Reassign | Loops | Jumps | Switch | When | Finally | Throw | Conditional,

    /// <summary>Expressions that engines compute themselves.</summary>
    Expressions = Conditional | Arithmetic | Interpolation | Lists | With | Reassign,

    /// <summary>Things side by side.</summary>
    Concurrency = Try | Retry | Throw | Parallel | Map | TryMap | Bodies | Delay | Conditional,

    /// <summary>The world around a run.</summary>
    World = Try | Retry | Event | Child | Publish | Given | Keys | Delay | Conditional,

    /// <summary>Whatever JSON may look like.</summary>
    Data = Expressions | Shapes | Missing | Keys | Switch | Try,

    /// <summary>What C# has beyond statements and expressions that any language has.</summary>
    Language = Functions | Filters | Outs | Tuples | Patterns | Kept | Spans | Try | When | Reassign | Loops | Jumps | Conditional | Lifted,

    All = Control | Expressions | Concurrency | World | Data | Language | Saga | Defects | Timeout,
}
