using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>Checks a payload against the validation attributes of its type; emitted code is one.</summary>
public delegate void PayloadValidator<in T>(T value, PayloadErrors errors);

/// <summary>
/// What is wrong with a payload, member by member. Emitted validators walk the payload and report here; the paths are those of the JSON:
/// <c>lines[2].quantity</c>.
/// </summary>
public sealed class PayloadErrors
{
    /// <summary>The path of the payload itself.</summary>
    public const string Root = "body";

    private const int MostErrors = 100;
    private const int MostInText = 10;
    private const int LongestKey = 64;

    /// <summary>JSON itself is nested no deeper in most applications; what comes here deeper has a cycle or is meant to harm.</summary>
    private const int DeepestPath = 256;

    private readonly JsonNamingPolicy? _naming;
    private readonly List<Segment> _path = [];
    private List<BindingError>? _errors;

    private PayloadErrors(JsonNamingPolicy? naming) => _naming = naming;

    /// <summary>Checks a payload.</summary>
    /// <param name="value">The payload.</param>
    /// <param name="options">How JSON names its members.</param>
    /// <param name="validator">The emitted validator.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<BindingError> Of<T>(T value, JsonSerializerOptions options, PayloadValidator<T> validator)
    {
        var errors = new PayloadErrors(options.PropertyNamingPolicy);
        validator(value, errors);
        return (IReadOnlyList<BindingError>?)errors._errors ?? [];
    }

    /// <summary>The errors as a sentence, for the reason of a dead letter or of a failed step.</summary>
    public static string Text(IReadOnlyList<BindingError> errors)
    {
        var text = new StringBuilder("is not valid: ");
        for (var i = 0; i < errors.Count && i < MostInText; i++)
        {
            text.Append(i > 0 ? " " : "").Append(errors[i].Parameter).Append(": ").Append(errors[i].Reason);
        }

        return errors.Count > MostInText ? text.Append(CultureInfo.InvariantCulture, $" And {errors.Count - MostInText} more.").ToString() : text.ToString();
    }

    /// <summary>How many errors there are so far.</summary>
    public int Count => _errors?.Count ?? 0;

    /// <summary>Checks a member's value.</summary>
    /// <param name="instance">The object that has the member.</param>
    /// <param name="member">The member in C#.</param>
    /// <param name="json">The member in JSON, where an attribute states it.</param>
    /// <param name="display">How messages call it; as JSON does when <see langword="null"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="attributes">What holds for it; that it is required comes first.</param>
    public void Check(object instance, string member, string? json, string? display, object? value, ValidationAttribute[] attributes)
    {
        var name = json ?? NameOf(member);
        var context = ContextOf(instance, display ?? name);
        context.MemberName = member;
        foreach (var attribute in attributes)
        {
            if (attribute.GetValidationResult(value, context) is { } result)
            {
                Add(PathTo(name), result);
                if (attribute is RequiredAttribute)
                {
                    return; // what is missing is not too short as well
                }
            }
        }
    }

    /// <summary>Reports that two members are not the same, which <see cref="CompareAttribute"/> demands.</summary>
    /// <param name="member">The member in C#.</param>
    /// <param name="json">The member in JSON, where an attribute states it.</param>
    /// <param name="display">How messages call it; as JSON does when <see langword="null"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="other">The other member in C#.</param>
    /// <param name="otherValue">The other member's value.</param>
    /// <param name="message">The attribute's own message, with <c>{0}</c> and <c>{1}</c> for the two.</param>
    public void Compare(string member, string? json, string? display, object? value, string other, object? otherValue, string? message)
    {
        if (!Equals(value, otherValue))
        {
            var name = json ?? NameOf(member);
            Add(PathTo(name), new ValidationResult(string.Format(CultureInfo.CurrentCulture, message ?? "'{0}' and '{1}' do not match.", display ?? name, NameOf(other))));
        }
    }

    /// <summary>Checks what holds for an object as a whole; asked only when its members are valid, as .NET's own validator does.</summary>
    /// <param name="value">The object.</param>
    /// <param name="attributes">The attributes of its type.</param>
    public void CheckObject(object value, ValidationAttribute[] attributes)
    {
        var context = ContextOf(value, value.GetType().Name);
        var before = Count;
        foreach (var attribute in attributes)
        {
            if (attribute.GetValidationResult(value, context) is { } result)
            {
                AddAll(result);
            }
        }

        if (Count == before && value is IValidatableObject validatable)
        {
            foreach (var result in validatable.Validate(context))
            {
                if (result is not null)
                {
                    AddAll(result);
                }
            }
        }
    }

    /// <summary>Goes into a member. What is entered must be left.</summary>
    /// <param name="member">The member in C#.</param>
    /// <param name="json">The member in JSON, where an attribute states it.</param>
    /// <returns>Whether it may be looked at: not when it is nested too deep, or enough is wrong already. Then it is not entered.</returns>
    public bool Enter(string member, string? json) => Enter(new Segment(json ?? NameOf(member), -1));

    /// <summary>Goes into an element of a list.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <returns>Whether it may be looked at.</returns>
    public bool Enter(int index) => Enter(new Segment(null, index));

    /// <summary>Goes into a value of a dictionary.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether it may be looked at.</returns>
    public bool EnterKey(object key)
    {
        var text = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
        return Enter(new Segment(text.Length > LongestKey ? text[..LongestKey] : text, int.MaxValue));
    }

    /// <summary>Goes back to what was left for the last member or element.</summary>
    public void Leave() => _path.RemoveAt(_path.Count - 1);

#if NET10_0_OR_GREATER
    private static ValidationContext ContextOf(object instance, string display) => new(instance, display, serviceProvider: null, items: null);
#else
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only the display name is found by reflection, and only where none is stated.")]
    private static ValidationContext ContextOf(object instance, string display) => new(instance) { DisplayName = display };
#endif

    private bool Enter(Segment segment)
    {
        if (_path.Count >= DeepestPath || Count >= MostErrors)
        {
            return false;
        }

        _path.Add(segment);
        return true;
    }

    private void AddAll(ValidationResult result)
    {
        var any = false;
        foreach (var member in result.MemberNames)
        {
            any = true;
            Add(PathTo(NameOf(member)), result);
        }

        if (!any)
        {
            Add(PathTo(null), result);
        }
    }

    private void Add(string path, ValidationResult result)
    {
        if (Count < MostErrors)
        {
            (_errors ??= []).Add(new BindingError(path, result.ErrorMessage ?? "Not valid."));
        }
    }

    private string NameOf(string member) => _naming?.ConvertName(member) ?? member;

    private string PathTo(string? name)
    {
        if (_path.Count == 0)
        {
            return name ?? Root;
        }

        var text = new StringBuilder();
        foreach (var segment in _path)
        {
            _ = segment.Index switch
            {
                < 0 => text.Append(text.Length > 0 ? "." : "").Append(segment.Name),
                int.MaxValue => text.Append('[').Append(segment.Name).Append(']'),
                var index => text.Append(CultureInfo.InvariantCulture, $"[{index}]"),
            };
        }

        return name is null ? text.ToString() : text.Append('.').Append(name).ToString();
    }

    /// <summary>A step of the path: a member has the index -1, a key of a dictionary the largest.</summary>
    private readonly record struct Segment(string? Name, int Index);
}
