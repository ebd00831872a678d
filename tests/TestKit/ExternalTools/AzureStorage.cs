using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace Portable.TestKit.ExternalTools;

/// <summary>A storage account in memory on the loopback address: Microsoft's emulator Azurite, with the account's key over HTTP or with tokens over HTTPS.</summary>
public sealed class AzureStorage : IDisposable
{
    /// <summary>The emulator's one account.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>Its key, the same on every machine (documentation: "Use the Azurite emulator for local Azure Storage development").</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly string? _folder;

    private AzureStorage(Process process, string? folder, string scheme, int blobs, int queues)
    {
        _process = process;
        _folder = folder;
        Blobs = new Uri($"{scheme}://127.0.0.1:{blobs}/{Account}/");
        Queues = new Uri($"{scheme}://127.0.0.1:{queues}/{Account}/");
    }

    /// <summary>The address of the blobs.</summary>
    public Uri Blobs { get; }

    /// <summary>The address of the queues.</summary>
    public Uri Queues { get; }

    /// <summary>The connection string with the key.</summary>
    public string ConnectionString => $"AccountName={Account};AccountKey={Key};BlobEndpoint={Blobs};QueueEndpoint={Queues}";

    /// <summary>Starts the emulator, or skips the test that runs, saying what is missing.</summary>
    /// <param name="tokens">Whether it takes tokens, over HTTPS with a certificate that nobody trusts.</param>
    public static AzureStorage StartOrSkip(bool tokens = false)
    {
        var script = RepositoryFolder.Find("tests/tools/azurite.cjs");
        if (script is null || !Directory.Exists(Path.Combine(Path.GetDirectoryName(script)!, "node_modules", "azurite")))
        {
            Assert.Skip("needs the npm packages of tests/tools: run eng/test.sh");
        }

        var folder = tokens ? Directory.CreateTempSubdirectory("portable-azurite").FullName : null;
        var start = new ProcessStartInfo("node", [script, .. folder is null ? [] : Certificate(folder)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(script),
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs Node.js: run eng/test.sh");
            throw;
        }

        using var ports = JsonDocument.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Azurite ended; see its standard error above."));
        return new AzureStorage(process, folder, tokens ? "https" : "http", ports.RootElement.GetProperty("blobs").GetInt32(), ports.RootElement.GetProperty("queues").GetInt32());
    }

    /// <summary>Ends the emulator.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string[] Certificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (file, keyFile) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return [file, keyFile];
    }
}
