namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Lists the models of the catalogue, by path by default.</summary>
    /// <param name="options">For example <c>new() { Filter = "category_code:image-to-video AND availability_status:available" }</c>.</param>
    public PagedList<Model> ListModelsAsync(ListOptions? options = null) => List("v1/models", options, Wire.Default.PageModel);

    /// <summary>Gets a model with its fields, limits and defaults.</summary>
    /// <param name="model">Model path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Model> GetModelAsync(string model, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Get($"v1/models/{ModelPath.Escape(model)}"), Wire.Default.Model, cancellationToken);
}
