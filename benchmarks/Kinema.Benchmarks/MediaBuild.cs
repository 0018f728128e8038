using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Loader;
using Kinema.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Benchmarks;

/// <summary>Inspects and reads media with one build's library; another build's is loaded beside this one.</summary>
internal sealed class MediaBuild
{
    private MediaBuild(Assembly media)
    {
        var services = new ServiceCollection().AddLogging();
        media.GetType("Kinema.Media.ServiceCollectionExtensions")!.GetMethod("AddKinemaMedia")!.Invoke(null, [services]);
        var provider = services.BuildServiceProvider();
        var (images, clips) = (media.GetType("Kinema.Media.IImageInspector")!, media.GetType("Kinema.Media.IVideoInspector")!);
        var inspect = images.GetMethods().First(method => method.GetParameters()[0].ParameterType == typeof(string));
        var limits = inspect.GetParameters()[1].ParameterType;
        var reader = limits.Assembly.GetType(typeof(IImageReader).FullName!)!;
        var input = limits.Assembly.GetType(typeof(MediaInput).FullName!)!;

        InspectImage = Compile(provider.GetRequiredService(images), inspect, path => path, Limits(limits, "image/jpeg", "image/png", "image/webp"));
        ReadImage = Compile(provider.GetRequiredService(reader), reader.GetMethod(nameof(IImageReader.Read))!, path => Input(input, path), CancellationToken.None);
        InspectClip = Compile(provider.GetRequiredService(clips), clips.GetMethod("InspectAsync")!, path => path, Limits(limits, "video/mp4"), CancellationToken.None);
    }

    public Action<string> InspectImage { get; }

    public Action<string> ReadImage { get; }

    public Action<string> InspectClip { get; }

    public static MediaBuild This() => new(typeof(Kinema.Media.IImageInspector).Assembly);

    /// <param name="folder">Folder of another build's <c>Kinema.Media.dll</c>.</param>
    public static MediaBuild In(string folder)
    {
        var context = new BesideThisBuild(Path.GetFullPath(folder));
        return new(context.LoadFromAssemblyName(new("Kinema.Media")));
    }

    /// <summary>A compiled call: reflection would cost as much as what is measured.</summary>
    private static Action<string> Compile(object target, MethodInfo method, Func<string, object> first, params object[] others)
    {
        var (path, types) = (Expression.Parameter(typeof(string)), method.GetParameters());
        var argument = Expression.Convert(Expression.Invoke(Expression.Constant(first), path), types[0].ParameterType);
        var call = Expression.Call(Expression.Constant(target), method, [argument, .. others.Select((other, i) => Expression.Constant(other, types[i + 1].ParameterType))]);
        var whole = method.ReturnType.IsAssignableTo(typeof(Task)) ? Expression.Call(call, nameof(Task.Wait), []) : (Expression)call;
        return Expression.Lambda<Action<string>>(Expression.Block(whole, Expression.Empty()), path).Compile();
    }

    private static object Limits(Type type, params string[] types) => With(type, (nameof(MediaLimits.ContentTypes), types), (nameof(MediaLimits.MaxBytes), 200_000_000));

    private static object Input(Type type, string path) => With(
        type, (nameof(MediaInput.Path), path), (nameof(MediaInput.Digest), ""), (nameof(MediaInput.ContentType), "image/png"), (nameof(MediaInput.SizeBytes), 1));

    private static object With(Type type, params (string Name, object Value)[] values)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var (name, value) in values)
        {
            var property = type.GetProperty(name)!;
            property.SetValue(made, value is int number && property.PropertyType != typeof(int) ? (long)number : value);
        }

        return made;
    }

    /// <summary>Packages are shared; only the product's own assemblies are the other build's.</summary>
    private sealed class BesideThisBuild(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName name) =>
            name.Name!.StartsWith("Kinema.", StringComparison.Ordinal) ? LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
    }
}
