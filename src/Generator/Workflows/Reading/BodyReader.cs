using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>A workflow's body as it was read.</summary>
/// <param name="Block">The body; <see langword="null"/> when something in it cannot be compiled.</param>
/// <param name="Input">The variable of the workflow's input.</param>
/// <param name="Lifted">The generated steps that evaluate expressions.</param>
internal sealed record BodyReading(IrBlock? Block, string? Input, EquatableArray<ChildModel> Children, EquatableArray<TypeRef> Payloads, EquatableArray<StepModel> Lifted)
{
    public static BodyReading None { get; } = new(null, null, default, default, default);
}

/// <summary>Reads a workflow's body into IR, and reports everything in it that the engines cannot be given.</summary>
internal static class BodyReader
{
    public static BodyReading Read(
        IMethodSymbol method,
        Compilation compilation,
        WorkflowSymbols symbols,
        EquatableArray<StepModel> steps,
        bool isExpress,
        ImmutableArray<Finding>.Builder findings,
        CancellationToken cancellationToken)
    {
        var syntax = method.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(static declaration => declaration.Body is not null || declaration.ExpressionBody is not null);
        if (syntax is null)
        {
            return BodyReading.None;
        }

        var semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        if (semantics.GetOperation(syntax, cancellationToken) is not IMethodBodyOperation operation || (operation.BlockBody ?? operation.ExpressionBody) is not { } body)
        {
            return BodyReading.None;
        }

        var context = new ReadingContext(method, semantics, symbols, steps, isExpress, findings, cancellationToken);
        var locals = LocalUses.Of(operation);
        var expressions = new ExpressionReader(context);
        var statements = new StatementReader(context, locals, expressions);
        ListAliases.Check(context, locals, semantics);
        var block = statements.Block(body.Operations);
        if (isExpress)
        {
            new ExpressTime(context, steps).Check(block);
        }

        context.ReportLifted();
        return new BodyReading(
            context.Failed ? null : block, context.Input, context.Children, context.Payloads, context.Lifted.Select(static lifted => lifted.Step).ToEquatableArray());
    }
}
