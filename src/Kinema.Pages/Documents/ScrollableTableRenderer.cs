using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Kinema.Pages.Documents;

/// <summary>Puts a table into a box that scrolls sideways on a narrow screen, also with the keyboard.</summary>
internal sealed class ScrollableTableRenderer : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">");
        base.Write(renderer, table);
        renderer.Write("</div>");
    }
}
