import type { Image, Nodes } from 'mdast';
import { placeOf, type Walk } from './walk.ts';

/** A picture with the address that it has now; one with a width or a caption as GitHub shows these. */
export function pictureText(node: Image, from: number, to: number, walk: Walk): string {
  const address = movedAddress(node.url, walk) ?? node.url;
  const width = node.data?.width;
  const caption = node.title ? `\n\n*${node.title}*` : '';
  if (width) {
    // A slide is 1920 pixels wide, a page of GitHub's about half of that.
    const wide = width.unit === '%' ? `${width.value}%` : String(Math.round(width.value / 2));
    return `<img src="${html(address)}" alt="${html(node.alt ?? '')}" width="${wide}">${caption}`;
  }
  const written = walk.source.slice(from, to);
  const edit = address === node.url ? undefined : edited(written, address);
  return (edit ?? written) + caption;
}

/** Where in a link or a definition its address stands, and what must stand there; undefined where nothing changes. */
export function addressEdit(
  node: Nodes,
  walk: Walk,
): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  if (node.type !== 'link' && node.type !== 'definition') return undefined;
  const address = movedAddress(node.url, walk);
  if (address === undefined) return undefined;
  const { from, to } = placeOf(node);
  const tail = node.type === 'link' ? (node.children.at(-1)?.position?.end.offset ?? from) : from;
  const text = edited(walk.source.slice(tail, to), address);
  return text === undefined ? undefined : { from: tail, to, text };
}

/** HTML with the addresses of its pictures. */
export function htmlAddresses(source: string, walk: Walk): string {
  const places = /(<img\b[^>]*?\ssrc\s*=\s*)(?:(["'])(.*?)\2|([^\s"'>]+))/gi;
  return source.replace(places, (whole, head: string, _quote, quotedUrl?: string, bare?: string) => {
    const address = movedAddress(quotedUrl ?? bare ?? '', walk);
    return address === undefined ? whole : `${head}"${html(address)}"`;
  });
}

/** The new address; undefined for one that stays. */
function movedAddress(url: string, { folder, picture }: Walk): string | undefined {
  const relative = !/^(?:[a-z][a-z0-9+.-]*:|[/#])/i.test(url);
  const there = relative ? folder + url : url;
  const moved = picture(there);
  if (moved !== undefined) return encodeURI(moved).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return there === url ? undefined : there;
}

/** `](address "title")` or `]: address` with another address. */
function edited(written: string, address: string): string | undefined {
  const place = /(\](?:\(|:)\s*)(<[^>]*>|[^\s)]*)/.exec(
    written.slice(written.lastIndexOf('](') < 0 ? 0 : written.lastIndexOf('](')),
  );
  if (!place) return undefined;
  const at = written.lastIndexOf(place[0]);
  return written.slice(0, at) + (place[1] ?? '') + address + written.slice(at + place[0].length);
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
