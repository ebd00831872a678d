using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Commerce;
using Workflows.Media;
using Workflows.Operations;

namespace Workflows;

/// <summary>The JSON contracts of everything that enters or leaves a workflow or a step.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(Shipment))]
[JsonSerializable(typeof(Fulfilment))]
[JsonSerializable(typeof(Trip))]
[JsonSerializable(typeof(Booking))]
[JsonSerializable(typeof(Itinerary))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(Settled))]
[JsonSerializable(typeof(Video))]
[JsonSerializable(typeof(Rendition))]
[JsonSerializable(typeof(Published))]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(Scan))]
[JsonSerializable(typeof(Classified))]
[JsonSerializable(typeof(ReviewRequest))]
[JsonSerializable(typeof(Review))]
[JsonSerializable(typeof(Filing))]
[JsonSerializable(typeof(Filed))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(Statement))]
[JsonSerializable(typeof(BatchReport))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(RegionRelease))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(RegionState))]
[JsonSerializable(typeof(Rollout))]
[JsonSerializable(typeof(ReleaseRolledOut))]
public sealed partial class WorkflowsJson : JsonSerializerContext;
