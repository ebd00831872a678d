// 'Article.Sku' has a validation attribute, SkuAttribute, that emitted code cannot make: it is not checked; make the attribute and its constructor visible to this project, or check it in the handler of 'Run'
using System.ComponentModel.DataAnnotations;
using Portable;

namespace Traps.Functions;

public static class PORT029
{
    [Function("port029"), HttpTrigger("POST", "/port029"), AllowAnonymous]
    public static int Run(Article article) => article.Sku.Length;

    public sealed class Article
    {
        [Sku]
        public string Sku { get; set; } = "";

        private sealed class SkuAttribute : ValidationAttribute;
    }
}
