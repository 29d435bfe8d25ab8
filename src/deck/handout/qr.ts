import type { Element } from 'hast';
import { s } from 'hastscript';
import qrcode from 'qrcode-generator';

/** Modules that have to stay white around the code (ISO/IEC 18004, 9.1). */
const quiet = 4;

/** An address as a QR code with its quiet zone: one path, black on white whatever the theme. */
export function qrCode(address: string): Element {
  // Up to 15 % may be dirty or torn.
  const code = qrcode(0, 'M');
  code.addData(address);
  code.make();
  const count = code.getModuleCount();
  const rows = Array.from({ length: count }, (_, row) => {
    let path = '';
    for (let column = 0; column < count; column++) {
      if (!code.isDark(row, column)) continue;
      const from = column;
      while (column + 1 < count && code.isDark(row, column + 1)) column++;
      path += `M${from + quiet} ${row + quiet}h${column + 1 - from}v1H${from + quiet}z`;
    }
    return path;
  });
  const size = count + 2 * quiet;
  return s('svg', { className: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', ariaLabel: `QR: ${address}` }, [
    s('rect', { width: size, height: size, fill: '#fff' }),
    s('path', { d: rows.join(''), fill: '#000', shapeRendering: 'crispEdges' }),
  ]);
}
