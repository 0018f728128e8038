namespace Kinema.Outbound.Tests.Support;

/// <summary>URLs that must not lead to a connection. <c>{p}</c> is the port of the listeners that wait for one.</summary>
internal static class HostileUrls
{
    /// <summary>Special-purpose addresses in their usual form, as a URL or as the answer of a name server.</summary>
    public static readonly string[] Addresses =
    [
        "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1",
        "100.127.255.254", "169.254.0.1", "169.254.255.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.170", "192.0.2.1",
        "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "169.254.169.254", "169.254.169.253", "169.254.170.2", "169.254.170.23", "100.100.100.200", "168.63.129.16", "192.0.0.192",
        "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b::8.8.8.8", "64:ff9b:1::127.0.0.1", "64:ff9b:1:7f00:0:100::",
        "100::1", "100:0:0:1::1", "2001::1", "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1",
        "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "2620:4f:8000::1",
        "3ffe::1", "3fff::1", "3fff:fff::1", "5f00::1", "fc00::1", "fdff::1", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fe80::1", "fe80::a9fe:a9fe",
        "febf::1", "fec0::1", "ff02::1", "ff0e::1", "1::1", "4000::1", "a000::1", "2a00::5efe:127.0.0.1", "2a00::200:5efe:10.0.0.1",
    ];

    /// <summary>Other ways to write an address, a host or a URL.</summary>
    public static readonly string[] Forms =
    [
        "http://127.1:{p}/", "http://127.0.1:{p}/", "http://2130706433:{p}/", "http://0x7f000001:{p}/", "http://0X7F000001:{p}/", "http://0x7f.1:{p}/",
        "http://0x7f.0.0.0x1:{p}/", "http://017700000001:{p}/", "http://0177.0.0.1:{p}/", "http://0177.0.0.01:{p}/", "http://00127.0.0.1:{p}/",
        "http://127.0.0.1.:{p}/", "http://127.0.0.1..:{p}/", "http://0:{p}/", "http://0x0:{p}/", "http://00:{p}/", "http://4294967295:{p}/", "http://3232235521:{p}/",
        "http://127.0.0.256:{p}/", "http://127.0.0.1.1:{p}/", "http://1.2.3.0x7f:{p}/", "http://4311744513:{p}/", "http://[0:0:0:0:0:0:0:1]:{p}/",
        "http://[::0001]:{p}/", "http://[0:0:0:0:0:ffff:7f00:1]:{p}/", "http://[::ffff:7f00:1]:{p}/", "http://[::1%25lo]:{p}/", "http://[::1%lo]:{p}/",
        "http://[fe80::1%25eth0]:{p}/", "http://[fe80::1%251]:{p}/", "http://[::1:{p}/", "http://[127.0.0.1]:{p}/", "http://[]:{p}/", "http://::1:{p}/",
        "http://127。0。0。1:{p}/", "http://127．0．0．1:{p}/", "http://①②⑦.⓪.⓪.①:{p}/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/", "http://127%2e0%2e0%2e1:{p}/",
        "http://%31%32%37.0.0.1:{p}/", "http://%6c%6f%63%61lhost:{p}/", "http://127.0.0.1%00.allowed.test:{p}/", "http://localhost:{p}/", "http://LOCALHOST:{p}/",
        "http://localhost.:{p}/", "http://sub.localhost:{p}/", "https://localhost:{p}/", "https://127.0.0.1:{p}/", "http://user@127.0.0.1:{p}/",
        "http://user:password@127.0.0.1:{p}/", "http://@127.0.0.1:{p}/", "http://allowed.test@127.0.0.1:{p}/", "http://127.0.0.1:{p}@nowhere.test/",
        "http://nowhere.test\\@127.0.0.1:{p}/", "http://127.0.0.1:{p}\\@nowhere.test/", "http://127.0.0.1:{p}#@nowhere.test/", "http://127.0.0.1:{p}?@nowhere.test/",
        "http:\\\\127.0.0.1:{p}\\", "http:127.0.0.1:{p}", "http:/127.0.0.1:{p}/", "http:///127.0.0.1:{p}/", "//127.0.0.1:{p}/", "127.0.0.1:{p}", " http://127.0.0.1:{p}/",
        "http://127.0.0.1:{p}/ ", "http://127.0.0.1\t:{p}/", "http://127.0.0.1:{p}/\r\nHost: nowhere.test", "http://127.0.0.1 :{p}/", "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/", "http://127.0.0.1:{p}:80/", "http://127.0.0.1:+{p}/", "http://127.0.0.1:/", "http://a..nowhere.test:{p}/", "http://.127.0.0.1:{p}/",
        "ftp://127.0.0.1:{p}/", "ws://127.0.0.1:{p}/", "wss://127.0.0.1:{p}/", "gopher://127.0.0.1:{p}/", "file:///etc/passwd", "file://127.0.0.1/etc/passwd",
        "data:image/png;base64,AAAA", "runflow://assets/01970000-0000-7000-8000-000000000001", "javascript:alert(1)", "jar:http://127.0.0.1:{p}/!/",
        "http://metadata/", "http://metadata.google.internal/", "http://METADATA.Google.Internal./", "http://x.metadata.google.internal/",
        "http://metadata.goog/", "http://instance-data/", "http://metadata.tencentyun.com/", "http://169.254.169.254./", "http://2852039166/", "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/", "http://8.8.8.8:22/", "http://8.8.8.8:25/", "http://[2606:4700:4700::1111]:23/",
    ];

    /// <summary>The forms that can be checked only after a DNS query.</summary>
    public static readonly string[] PlainNames =
    [
        "http://localhost:{p}/", "http://LOCALHOST:{p}/", "http://localhost.:{p}/", "http://sub.localhost:{p}/", "https://localhost:{p}/",
    ];

    public static IEnumerable<string> AsUrls => [.. Addresses.Select(Literal), .. Forms];

    /// <summary>A name whose only answer is the address; the stub reads it back.</summary>
    public static IEnumerable<string> AsNames => Addresses.Select(address => $"http://{NameFor(address)}:{{p}}/");

    public static IEnumerable<string> All => [.. AsUrls, .. AsNames];

    /// <summary>The addresses that the stub resolves: the names above and localhost; no others.</summary>
    public static IEnumerable<string> Answer(string name, int lookUp) =>
        name.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) ? ["127.0.0.1", "::1"]
        : name.EndsWith(".hostile.test", StringComparison.Ordinal) ? [Addresses.Single(address => NameFor(address) == name)]
        : [];

    private static string NameFor(string address) => $"a{Array.IndexOf(Addresses, address)}.hostile.test";

    private static string Literal(string address) => address.Contains(':', StringComparison.Ordinal) ? $"http://[{address}]:{{p}}/" : $"http://{address}:{{p}}/";
}
