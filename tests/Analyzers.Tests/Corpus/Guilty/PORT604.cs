//// longer than SageMaker
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Order input) => await flow.Step(Judge, input);

    [[|Inference("story-model", TimeoutSeconds = 61)|]]
    public partial Task<Receipt> Judge(Order input, CancellationToken cancellationToken = default);
}

//// much longer than SageMaker and Azure
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Order input) => await flow.Step(Judge, input);

    [[|Inference("story-model", TimeoutSeconds = 600)|]]
    public partial Task<Receipt> Judge(Order input, CancellationToken cancellationToken = default);
}

//// on Azure alone
// property: PortableTargetedClouds=azure
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Order input) => await flow.Step(Judge, input);

    [[|Inference("story-model", TimeoutSeconds = 120)|]]
    public partial Task<Receipt> Judge(Order input, CancellationToken cancellationToken = default);
}

//// a picture
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed record Picture(string Id, [MaxLength(10_000_000)] byte[] Bytes);

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Picture input) => await flow.Step(Judge, input);

    [[|Inference("vision", TimeoutSeconds = 10)|]]
    public partial Task<Receipt> Judge(Picture input, CancellationToken cancellationToken = default);
}

//// several pictures
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed class Passport
{
    [Required, MaxLength(4_000_000)]
    public byte[] Front { get; init; } = [];

    [Required, MaxLength(4_000_000)]
    public byte[] Back { get; init; } = [];
}

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Passport input) => await flow.Step(Judge, input);

    [[|Inference("vision", TimeoutSeconds = 10)|]]
    public partial Task<Receipt> Judge(Passport input, CancellationToken cancellationToken = default);
}

//// a long text
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed record Book([StringLength(20_000_000)] string Text);

public sealed partial class Models
{
    [Workflow("models")]
    public async Task<Receipt> Run(IWorkflow flow, Book input) => await flow.Step(Judge, input);

    [[|Inference("summary", TimeoutSeconds = 30)|]]
    public partial Task<Receipt> Judge(Book input, CancellationToken cancellationToken = default);
}
