namespace Portable.Analyzers.Handlers;

/// <summary>What a call to the world outside the process does.</summary>
internal enum ExternalCallKind
{
    /// <summary>It only asks: doing it twice changes nothing.</summary>
    Read,

    /// <summary>An HTTP request with a method that HTTP calls idempotent and that changes something: PUT, DELETE.</summary>
    HttpPut,

    /// <summary>An HTTP request that does its work again when it is sent again: POST, PATCH.</summary>
    HttpPost,

    /// <summary>A call of a cloud's SDK that changes something.</summary>
    SdkWrite,

    /// <summary>A command of a database that may change something.</summary>
    DatabaseWrite,

    /// <summary>A message, mail or event that is sent.</summary>
    Send,
}
