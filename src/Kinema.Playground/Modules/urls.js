const { root = "", base = "" } = document.documentElement.dataset;

/** The URL of a path of this server, such as "/v1/runs", below the path that a proxy puts before it. */
export const pathUrl = path => root + path;

/** The path and query of the page, as the sign-in page takes them to come back. */
export const ownPath = () => location.pathname.slice(root.length) + location.search;

/**
 * A URL of a record as one of the page's own origin. Records name the server by its public URL; the page may be open under another of its names, and its policy
 * lets nothing in from elsewhere. Other URLs stay as they are.
 */
export function ownUrl(url) {
  return base && url?.startsWith(base) ? `${root}/${url.slice(base.length)}` : url;
}
