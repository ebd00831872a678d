using System.Threading;
using System.Threading.Tasks;

namespace MimeKit
{
    public class MimeMessage { public string? Subject { get; set; } }
}

namespace MailKit
{
    public interface IMailTransport { Task<string> SendAsync(MimeKit.MimeMessage message, CancellationToken cancellationToken = default); }
}
