import { type CSSProperties, createElement as h, type Key, type ReactNode } from 'react';

/**
 * A block: a table of one cell, which carries class, padding, colour and border. Outlook ignores them on
 * a table or a div, so every block is one of these.
 *
 * @param look of the table: `width` is the largest width in pixels; without it the table takes the whole width.
 */
export function renderCell(
  cell: { className?: string; style: CSSProperties },
  look: { key?: Key; width?: number },
  ...children: ReactNode[]
) {
  const { key, width } = look;
  const style: CSSProperties = { width: '100%', borderCollapse: 'separate', tableLayout: 'fixed' };
  return h(
    'table',
    {
      key,
      role: 'presentation',
      align: 'center',
      border: 0,
      cellPadding: 0,
      cellSpacing: 0,
      width: width ?? '100%',
      style: width ? { ...style, maxWidth: `${width}px` } : style,
    },
    h('tbody', null, h('tr', null, h('td', cell, ...children))),
  );
}
