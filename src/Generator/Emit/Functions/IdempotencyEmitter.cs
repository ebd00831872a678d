using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes what an idempotent function has besides its handler: the policy, the key, the claim.</summary>
internal static class IdempotencyEmitter
{
    /// <summary>The namespace of the extension methods that emitted code calls.</summary>
    public const string Namespace = "Portable.Runtime.Idempotency";

    private const string Runtime = "global::Portable.Runtime.";
    private const string Key = "global::Portable.Runtime.Idempotency.IdempotentKey";

    /// <summary>The policy.</summary>
    public static void Policy(SourceWriter writer, FunctionModel function)
    {
        if (function.Idempotency is not { } model)
        {
            return;
        }

        var settings = new List<string> { $"ExpiresAfter = global::System.TimeSpan.FromHours({model.ExpiresAfterHours})" };
        if (model.RunsWithoutStore)
        {
            settings.Add("OnStoreFailure = global::Portable.StoreFailure.Run");
        }

        if (model.ValidatesPayload)
        {
            settings.Add("ValidatesPayload = true");
        }

        writer.Line($"private static readonly global::{Namespace}.IdempotencyPolicy Once = new({CodeFile.Text(model.Application)}, {CodeFile.Text(function.Name)}) {{ {string.Join(", ", settings)} }};").Line();
    }

    /// <summary>The claim of a request, and the answer of one that is not to be handled.</summary>
    public static void Claim(SourceWriter writer, FunctionModel function, CallWriter call)
    {
        if (function.Idempotency is not { } model)
        {
            return;
        }

        var key = model.Source == KeySource.Header
            ? $"{Key}.OfHeader({CodeFile.Text(model.Text)}, call)"
            : Template(model, part => call.Local(function.Parameters.First(parameter => parameter.Name == part.Parameter)));
        writer.Line($"await using var claim = await call.ClaimAsync(Once, {key}).ConfigureAwait(false);")
            .Open("if (claim.Answer is { } answer)").Line("return answer;").Close().Line();
    }

    /// <summary>The key of a message of this type.</summary>
    public static void KeyOf(SourceWriter writer, IdempotencyModel model, string messageType, string body)
    {
        var key = model.Source switch
        {
            KeySource.Header => $"{Key}.OfAttribute({CodeFile.Text(model.Text)}, received)",
            KeySource.MessageId => $"{Key}.OfMessage(received)",
            _ => Template(model, static _ => "message", body),
        };
        writer.Line($"private static {Key} KeyOf({Runtime}ReceivedMessage received, {messageType} message) =>");
        writer.Indentation++;
        writer.Line($"{key};").Line();
        writer.Indentation--;
    }

    private static string Template(IdempotencyModel model, Func<KeyPart, string> root, string body = "") =>
        $"{Key}.Of({string.Join(", ", model.Parts.Select(part => Value(part, root(part) + (part.IsBody ? "." + body : "") + part.Path)).Prepend(CodeFile.Text(model.Text)))})";

    private static string Value(KeyPart part, string expression) =>
        part.IsText ? expression
        : part.Cast is { } cast ? $"{Key}.Text(({cast}){expression})"
        : $"{Key}.Text({expression})";
}
