using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what the manifest says of what identifies the calls of a function.</summary>
internal static class IdempotencyManifest
{
    public static void Write(ManifestWriter json, IdempotencyModel? model)
    {
        if (model is null)
        {
            return;
        }

        json.Open("idempotency", '{');
        _ = model.Source switch
        {
            KeySource.Header => json.Text("header", model.Text),
            KeySource.MessageId => json.Flag("messageId", true),
            _ => json.Text("key", model.Text),
        };
        json.Number("expiresAfterHours", model.ExpiresAfterHours)
            .Text("onStoreFailure", model.RunsWithoutStore ? "run" : "fail")
            .Flag("validatePayload", model.ValidatesPayload)
            .Close('}');
    }
}
