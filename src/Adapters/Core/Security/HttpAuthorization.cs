using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace Portable.Runtime;

/// <summary>Who may call an HTTP function. Emitted code makes it of the function's attribute; the pipeline asks it before anything of the request is bound.</summary>
public abstract class HttpAuthorization
{
    /// <summary>Registers what the checks share; called once per function while the services are built.</summary>
    /// <param name="services">The application's services.</param>
    public virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Called while the process starts: makes what checks need, so that a setting that is missing is told then and not to the first caller.</summary>
    /// <param name="app">The application; its services are built when a policy asks for them, and not before.</param>
    /// <exception cref="InvalidOperationException">Something is missing; the message names it and says where it can be set.</exception>
    public virtual void Prepare(PortableApp app)
    {
    }

    /// <summary>Checks a request, and says who the caller is with <see cref="InvocationContext.SignIn"/>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The refusal; <see langword="null"/> when the request may go on.</returns>
    public abstract ValueTask<HttpReply?> CheckAsync(HttpCall call, TimeProvider time);

    /// <summary>401 with the challenge that says how to do better.</summary>
    /// <param name="challenge">The value of <c>WWW-Authenticate</c>.</param>
    /// <param name="detail">What is wrong, without anything that the caller sent.</param>
    protected static HttpReply Unauthorized(string challenge, string detail) => HttpReply.Problem(401, detail, headers: [new("WWW-Authenticate", challenge)]);

    /// <summary>403: the caller is known and may not.</summary>
    /// <param name="challenge">The value of <c>WWW-Authenticate</c>; none when <see langword="null"/>.</param>
    /// <param name="detail">What is missing.</param>
    protected static HttpReply Forbidden(string? challenge, string detail) => HttpReply.Problem(403, detail, headers: challenge is null ? null : [new("WWW-Authenticate", challenge)]);

    /// <summary>A user with these claims, who counts as authenticated.</summary>
    /// <param name="scheme">How the caller was authenticated.</param>
    /// <param name="claims">The claims; <c>sub</c> is the name when there is no <c>name</c>.</param>
    protected static ClaimsPrincipal User(string scheme, IEnumerable<Claim> claims)
    {
        var all = claims.ToList();
        return new ClaimsPrincipal(new ClaimsIdentity(all, scheme, all.Exists(static claim => claim.Type == "name") ? "name" : "sub", all.Exists(static claim => claim.Type == "roles") ? "roles" : "role"));
    }
}
