//// crud
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("list"), HttpTrigger("GET", "/orders")]
    public static string List() => "List";

    [Function("place"), HttpTrigger("POST", "/orders")]
    public static string Place() => "Place";

    [Function("get"), HttpTrigger("GET", "/orders/{id}")]
    public static string Get(string id) => "Get";

    [Function("replace"), HttpTrigger("PUT", "/orders/{id}")]
    public static string Replace(string id) => "Replace";

    [Function("drop"), HttpTrigger("DELETE", "/orders/{id}")]
    public static string Drop(string id) => "Drop";
}

//// a literal beside a parameter
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("open"), HttpTrigger("GET", "/orders/open")]
    public static string Open() => "Open";

    [Function("get"), HttpTrigger("GET", "/orders/{id}")]
    public static string Get(string id) => "Get";
}

//// a rest beside everything
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("root"), HttpTrigger("GET", "/")]
    public static string Root() => "Root";

    [Function("page"), HttpTrigger("GET", "/pages/{name}")]
    public static string Page(string name) => "Page";

    [Function("rest"), HttpTrigger("GET", "/{*path}")]
    public static string Rest(string path) => "Rest";
}

//// a parameter of the same name further down
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("get"), HttpTrigger("GET", "/orders/{id}")]
    public static string Get(string id) => "Get";

    [Function("lines"), HttpTrigger("GET", "/orders/{id}/lines")]
    public static string Lines(string id) => "Lines";

    [Function("line"), HttpTrigger("GET", "/orders/{id}/lines/{line}")]
    public static string Line(string id, int line) => "Line";
}

//// health under a name of its own
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("health"), HttpTrigger("GET", "/health")]
    public static string Health() => "Health";
}

//// admin as a later segment
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("admins"), HttpTrigger("GET", "/users/admin")]
    public static string Admins() => "Admins";
}

//// a parameter first
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("tenant"), HttpTrigger("GET", "/{tenant}/ping")]
    public static string Tenant(string tenant) => "Tenant";
}

//// words that end in z
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("quiz"), HttpTrigger("GET", "/quiz")]
    public static string Quiz() => "Quiz";

    [Function("jazz"), HttpTrigger("GET", "/music/jazz")]
    public static string Jazz() => "Jazz";
}

//// admin pages of a project for aws
// property: PortableTargetedClouds=aws
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("users"), HttpTrigger("GET", "/admin/users")]
    public static string Users() => "Users";
}
