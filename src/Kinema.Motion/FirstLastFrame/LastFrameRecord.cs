using System.Text.Json.Nodes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Writes <c>model_data</c> for a transition from one picture to another.</summary>
internal static class LastFrameRecord
{
    public static IReadOnlyList<string> Notes(PairAnalysis analysis, CenterCrop last, bool cameraRequested)
    {
        List<string> notes = [];
        if (analysis.Reason is { } reason)
            notes.Add($"the pictures are joined by a dissolve: {reason}");
        if (analysis.Fill > 0)
            notes.Add("corners that neither picture shows are continued from what is beside them");
        if (last.Visible != CropWindow.Whole)
            notes.Add("the last picture has another shape than the first one: its middle is shown, see last_frame_crop");
        if (cameraRequested)
            notes.Add("the camera words of the prompt are not followed: the two pictures decide the camera's way");
        return notes;
    }

    public static JsonObject Of(PairAnalysis analysis, CenterCrop last, IReadOnlyList<string> notes)
    {
        var fit = analysis.Fit;
        var record = new JsonObject
        {
            ["transition"] = analysis.Kind,
            ["transition_reason"] = analysis.Reason,
            ["camera_fit"] = new JsonObject { ["model"] = fit.Kind, ["matches"] = fit.Matches, ["inliers"] = fit.Inliers },
            ["last_frame_crop"] = new JsonObject
            {
                ["x"] = Math.Round(last.Visible.X, 6),
                ["y"] = Math.Round(last.Visible.Y, 6),
                ["width"] = Math.Round(last.Visible.Width, 6),
                ["height"] = Math.Round(last.Visible.Height, 6),
            },
        };
        if (analysis.Camera is { } camera)
        {
            var (left, right) = (fit.Map.Apply(-0.25, 0), fit.Map.Apply(0.25, 0));
            var (centreX, centreY) = fit.Map.Apply(0, 0);
            record["camera_fit"]!["scale"] = Rounded(Math.Sqrt(fit.Map.AreaScale(0, 0)));
            record["camera_fit"]!["rotation_degrees"] = Rounded(Math.Atan2(right.Y - left.Y, right.X - left.X) * 180 / Math.PI);
            record["camera_fit"]!["shift"] = new JsonArray(Rounded(centreX), Rounded(centreY));
            record["added_zoom"] = Rounded(camera.AddedZoom);
        }

        if (analysis.Flow is { } flow)
        {
            record["overlap"] = Rounded(flow.Overlap);
            record["agreement"] = Rounded(Math.Max(flow.Agreement, flow.CameraAgreement));
            record["moving"] = Rounded(flow.MovingShare);
            record["max_displacement"] = Rounded(flow.MaxDisplacement);
        }

        record["notes"] = new JsonArray([
            .. notes.Select(note => JsonValue.Create(note)), JsonValue.Create("nothing was generated: what is seen comes from the two pictures"),
        ]);
        return record;
    }

    private static double Rounded(double value) => Math.Round(value, 4);
}
