using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>
/// Binds the parameters of an HTTP handler and collects what does not fit, so that the caller hears of everything at once.
/// Emitted code binds every parameter, then asks <see cref="Failed"/>.
/// </summary>
public struct HttpBinder(HttpCall call)
{
    private List<BindingError>? _errors;

    /// <summary>Whether a parameter could not be bound.</summary>
    public readonly bool Failed => _errors is not null;

    /// <summary>400 with every parameter that could not be bound.</summary>
    public readonly HttpReply Problem() => HttpReply.BindingProblem(_errors ?? []);

    /// <summary>A required route parameter.</summary>
    public T Route<T>(string name)
        where T : IParsable<T> => Required<T>(name, call.Request.Route(name));

    /// <summary>A required value of the query string.</summary>
    public T Query<T>(string name)
        where T : IParsable<T> => Required<T>(name, call.Request.Query(name));

    /// <summary>A value of the query string, or a default.</summary>
    public T Query<T>(string name, T missing)
        where T : IParsable<T> => Optional(name, call.Request.Query(name), missing);

    /// <summary>A value of the query string, or <see langword="null"/>.</summary>
    public T? QueryOrNull<T>(string name)
        where T : struct, IParsable<T> => Nullable<T>(name, call.Request.Query(name));

    /// <summary>A text of the query string, or <see langword="null"/>.</summary>
    public readonly string? QueryOrNull(string name) => call.Request.Query(name);

    /// <summary>Every value of that name in the query string.</summary>
    public T[] QueryAll<T>(string name)
        where T : IParsable<T>
    {
        var texts = call.Request.QueryAll(name);
        var values = new T[texts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Required<T>(name, texts[i]);
        }

        return values;
    }

    /// <summary>A required header.</summary>
    public T Header<T>(string name)
        where T : IParsable<T> => Required<T>(name, call.Request.Header(name));

    /// <summary>A header, or a default.</summary>
    public T Header<T>(string name, T missing)
        where T : IParsable<T> => Optional(name, call.Request.Header(name), missing);

    /// <summary>A header, or <see langword="null"/>.</summary>
    public T? HeaderOrNull<T>(string name)
        where T : struct, IParsable<T> => Nullable<T>(name, call.Request.Header(name));

    /// <summary>A header's text, or <see langword="null"/>.</summary>
    public readonly string? HeaderOrNull(string name) => call.Request.Header(name);

    /// <summary>A route parameter that names a member of an enumeration, ignoring case.</summary>
    public T RouteEnum<T>(string name)
        where T : struct, Enum => RequiredEnum<T>(name, call.Request.Route(name));

    /// <summary>A value of the query string that names a member of an enumeration, ignoring case.</summary>
    public T QueryEnum<T>(string name)
        where T : struct, Enum => RequiredEnum<T>(name, call.Request.Query(name));

    /// <summary>A value of the query string that names a member of an enumeration, or <see langword="null"/>.</summary>
    public T? QueryEnumOrNull<T>(string name)
        where T : struct, Enum => call.Request.Query(name) is { } text ? RequiredEnum<T>(name, text) : null;

    /// <summary>A required JSON body.</summary>
    /// <param name="type">Its contract.</param>
    /// <param name="validator">What checks it, where its type has validation attributes.</param>
    public T Body<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null)
    {
        if (call.Request.Body.IsEmpty)
        {
            return Fail<T>("body", "A JSON body is required.");
        }

        var value = BodyOrNull(type, validator);
        return value is null && !Failed ? Fail<T>("body", "A JSON body is required, not null.") : value!;
    }

    /// <summary>A JSON body, or <see langword="null"/> when there is none.</summary>
    /// <param name="type">Its contract.</param>
    /// <param name="validator">What checks it, where its type has validation attributes.</param>
    public T? BodyOrNull<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null)
    {
        if (call.Request.Body.IsEmpty)
        {
            return default;
        }

        try
        {
            var payload = PayloadJson.Read(call.Request.Body.Span, type);
            if (payload is not null && validator is not null && PayloadErrors.Of(payload, type.Options, validator) is { Count: > 0 } errors)
            {
                (_errors ??= []).AddRange(errors);
            }

            return payload;
        }
        catch (PayloadException e)
        {
            return Fail<T>("body", "The body " + e.Message);
        }
    }

    private T Required<T>(string name, string? text)
        where T : IParsable<T> =>
        text is null ? Fail<T>(name, "A value is required.")
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : Fail<T>(name, $"Not a valid {typeof(T).Name}.");

    private T Optional<T>(string name, string? text, T missing)
        where T : IParsable<T> => text is null ? missing : Required<T>(name, text);

    private T? Nullable<T>(string name, string? text)
        where T : struct, IParsable<T> => text is null ? null : Required<T>(name, text);

    private T RequiredEnum<T>(string name, string? text)
        where T : struct, Enum =>
        text is null ? Fail<T>(name, "A value is required.")
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
        : Fail<T>(name, $"Not one of {string.Join(", ", Enum.GetNames<T>())}.");

    private T Fail<T>(string name, string reason)
    {
        (_errors ??= []).Add(new(name, reason));
        return default!;
    }
}
