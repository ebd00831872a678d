using Microsoft.CodeAnalysis;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The names of a project's workflows, for those who run another one by its name.</summary>
internal static class WorkflowNames
{
    /// <summary>Whether the project has a workflow of that name. It looks at every method, so it is asked only where a name is used.</summary>
    public static bool Exists(string name, Compilation compilation, WorkflowSymbols symbols, CancellationToken cancellationToken)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                }
                else if (member is IMethodSymbol && WorkflowSymbols.Attribute(member, symbols.WorkflowAttribute) is { } attribute && Readings.FirstText(attribute) == name)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
