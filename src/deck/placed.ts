import type { Position } from 'unist';
import type { Box } from './box.ts';

/** The box with the place in the note that it comes from on what it draws, also when it is cut. */
export function placed(box: Box, position: Position | undefined): Box {
  if (!position) return box;
  const { draw, split } = box;
  return {
    ...box,
    draw: (width, fit) => ({ ...draw(width, fit), position }),
    ...(split
      ? {
          split: (width, fit, room) => {
            const parts = split(width, fit, room);
            return parts && [placed(parts[0], position), placed(parts[1], position)];
          },
        }
      : {}),
  };
}
