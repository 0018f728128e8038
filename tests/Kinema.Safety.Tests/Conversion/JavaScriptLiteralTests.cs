using System.Text.Json.Nodes;
using Kinema.Safety.Conversion;

namespace Kinema.Safety.Tests.Conversion;

public sealed class JavaScriptLiteralTests
{
    [Theory]
    [InlineData("{a:1,\"b\":'c',d:[!0,!1,null,true]}", """{"a":1,"b":"c","d":[true,false,null,true]}""")]
    [InlineData("{ a : -.5 , b : 1e-3 , }", """{"a":-0.5,"b":0.001}""")]
    [InlineData("\"a\\\"b\\n\"", "\"a\\\"b\\n\"")]
    [InlineData("[]", "[]")]
    public void Minified_values_are_read(string literal, string json) =>
        JsonNode.DeepEquals(JavaScriptLiteral.ReadExport("x.exports=e();a.exports=" + literal + "},{}]"), JsonNode.Parse(json)).ShouldBeTrue();

    [Theory]
    [InlineData("let a = 1")]
    [InlineData("a.exports={a:require('fs')}")]
    [InlineData("a.exports={a:1,a:2}")]
    [InlineData("a.exports={a:1")]
    [InlineData("a.exports=\"abc")]
    [InlineData("a.exports=\"\\u0041\"")]
    [InlineData("a.exports=1+1e")]
    public void Anything_else_is_refused_and_never_run(string module) =>
        Should.Throw<ConversionException>(() => JavaScriptLiteral.ReadExport(module));

    [Fact]
    public void Endless_nesting_is_refused() =>
        Should.Throw<ConversionException>(() => JavaScriptLiteral.ReadExport("a.exports=" + new string('[', 100_000)));
}
