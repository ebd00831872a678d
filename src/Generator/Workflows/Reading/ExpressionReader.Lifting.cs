using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <content>What becomes a step.</content>
internal sealed partial class ExpressionReader
{
    /// <summary>
    /// Reads a <c>when</c> filter. To C#, one that throws does not match: so it is either native as a whole and cannot throw, or computed
    /// by one step as a whole.
    /// </summary>
    public IrExpression? Filter(IOperation operation)
    {
        var form = new LiftedForm(context.Semantics.Compilation.GetSpecialType(SpecialType.System_Boolean), static text => text, "has a 'when' filter that engines cannot compute", IsFilter: true);
        return Converted(
            operation,
            () =>
            {
                var value = context.Prelude.Apart(() => Native(operation), out var before);
                return before.Count == 0 ? value : Blocked(operation, form.Problem);
            },
            form);
    }

    // Two calls cost more than one, if the first one is made in any case.
    private bool IsLiftedInParts(int lifts, IReadOnlyList<IrStatement> before) =>
        context.Lifted.Count - lifts > 1 && before.Any(statement => statement is IrStep step && context.Lifted.Exists(lifted => lifted.Step.Name == step.Step));

    /// <param name="operation">The expression.</param>
    /// <param name="obstacle">What keeps it from being native; <see langword="null"/> when only parts of it are lifted so far.</param>
    /// <param name="lifts">How many expressions were lifted before this one.</param>
    /// <param name="declared">How many variables were declared before this one.</param>
    /// <param name="form">What the step makes of its value.</param>
    private IrExpression? Lift(IOperation operation, Obstacle? obstacle, int lifts, int declared, LiftedForm? form = null)
    {
        var problems = context.Problems;
        var plan = _lifter.Plan(operation, FlowValue, out var problem, form);
        if (plan is null && (obstacle is null || context.Problems != problems))
        {
            return null; // it stays in parts, or has been reported
        }

        context.Lifted.RemoveRange(lifts, context.Lifted.Count - lifts);
        foreach (var local in _declared.Skip(declared))
        {
            context.Forget(local);
        }

        _declared.RemoveRange(declared, _declared.Count - declared);
        if (plan is null && problem is { IsLocal: true } && _depth > 1)
        {
            _obstacle ??= new Obstacle(problem.Operation, problem.Problem); // the expression around it may take it along
            return null;
        }

        if (plan is null)
        {
            var (at, rule, text, _) = problem ?? new Impurity(obstacle!.Operation, RuleIdentifiers.UnsupportedExpression, obstacle.Problem);
            context.Reject(rule, at, text);
            return null;
        }

        return Commit(plan, obstacle?.Problem);
    }

    private IrExpression? Commit(LiftPlan plan, string? problem)
    {
        if (context.ForbidsLifting)
        {
            context.Reject(RuleIdentifiers.LiftingForbidden, plan.Operation, $"is [Native], but {problem ?? "computes this in .NET"}");
            return null;
        }

        var value = _lifter.Commit(plan);
        _declared.AddRange((plan.Outputs ?? []).Where(static output => output.Declaration is not null).Select(static output => output.Symbol).OfType<ILocalSymbol>());
        return value;
    }

    /// <summary>Reads a value in another form: natively if that is possible, else by a step that turns the value into it.</summary>
    /// <param name="native">Reads it in that form; <see langword="null"/> when engines cannot.</param>
    public IrExpression? Converted(IOperation operation, Func<IrExpression?>? native, LiftedForm form)
    {
        _depth++;
        var (problems, lifts, declared, outer) = (context.Problems, context.Lifted.Count, _declared.Count, _obstacle);
        _obstacle = null;
        IReadOnlyList<IrStatement> before = [];
        var value = native is null ? null : context.Prelude.Apart(native, out before);
        if (value is null && context.Problems == problems)
        {
            value = form.IsFilter ? null : context.Prelude.Apart(() => Native(operation), out before);
            if (value is not null && context.Lifted.Count == lifts && context.Problems == problems)
            {
                foreach (var statement in before)
                {
                    context.Before(statement);
                }

                before = [];
                value = Commit(Lifter.PlanFor(operation, value, form), form.Problem);
            }
            else if (context.Problems == problems)
            {
                before = [];
                value = Lift(operation, _obstacle ?? new Obstacle(operation, form.Problem), lifts, declared, form);
            }
        }

        _obstacle = outer;
        foreach (var statement in before)
        {
            context.Before(statement);
        }

        if (--_depth == 0)
        {
            _flowValues.Clear();
        }

        return value;
    }
}
