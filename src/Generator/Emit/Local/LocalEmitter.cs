using Portable.Generator.Model;

namespace Portable.Generator.Emit.Local;

/// <summary>The local host: everything in one process.</summary>
internal sealed class LocalEmitter : HostEmitter
{
    public override Cloud Cloud => Cloud.Local;

    public override Hosting Hosting => Hosting.Managed;

    public override string Adapter => "Portable.Local.LocalHost";

    public override string Run => "global::Portable.Local.LocalHost.RunAsync(PortableApplication.Shared, args)";
}
